import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { esbuildOptions } from '../../serverless/bundling.ts';
import { environments } from '../../serverless/functions.ts';
import { serviceFunctions } from '../../serverless/service.ts';
import { root } from '../support/sources.ts';

/** Far more than it takes, for a machine that is busy with the other tests. */
const buildMs = 300_000;

type Refusal = { name: string; data: { problems: string[] } };

/** Loads bundles as Lambda does and calls each without any setting. */
const callAll = `
  const [folder, ...keys] = process.argv.slice(1);
  const refusalOf = async (key) => {
    const { handler } = require(folder + '/' + key + '.cjs');
    try { await handler({}, {}); } catch ({ name, data }) { return [key, { name, data }]; }
  };
  Promise.all(keys.map(refusalOf)).then((all) => console.log(JSON.stringify(Object.fromEntries(all))));
`;

const keys = serviceFunctions.map(({ key }) => key);
let folder: string;
let refusals: Record<string, Refusal>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-bundles-'));
  const entryPoints = Object.fromEntries(serviceFunctions.map(({ key, file }) => [key, file]));
  await build({ ...esbuildOptions, absWorkingDir: root, entryPoints, outdir: folder, outExtension: { '.js': '.cjs' } });
  refusals = JSON.parse(
    execFileSync(process.execPath, ['-e', callAll, folder, ...keys], { env: {}, encoding: 'utf8' }),
  );
}, buildMs);
afterAll(() => rm(folder, { recursive: true }));

describe('a minified bundle, called without settings', () => {
  test.each(keys)('%s asks for exactly the settings that it is deployed with', (key) => {
    const asked = refusals[key]?.data.problems.map((problem) => problem.split(':')[0]);
    expect(asked?.sort()).toEqual(Object.keys(environments[key] ?? {}));
  });
  test('keeps the names of its failures', () => {
    expect(new Set(Object.values(refusals).map(({ name }) => name))).toEqual(new Set(['ConfigInvalid']));
  });
});
