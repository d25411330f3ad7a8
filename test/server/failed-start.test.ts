import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exitCodeOf, exitCodes } from '../../cli/exit-codes.ts';
import { stopWorld } from '../../twin/live/index.ts';
import { launchTwin } from '../../twin/server/index.ts';
import { newFolder } from '../live/support/folder.ts';

let stateDir: string;
beforeEach(async () => {
  stateDir = await newFolder();
});
afterEach(async () => {
  await stopWorld(stateDir);
  await rm(stateDir, { recursive: true, force: true });
});

test('a bad catalog ends the start under its own name, with every line, as a fault of what was asked', async () => {
  const catalogFile = join(stateDir, 'catalog.yml');
  await writeFile(catalogFile, 'version: 2\nfreezes: none\n');
  const refusal = await launchTwin(stateDir, { catalogFile }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    name: 'CatalogInvalid',
    message: expect.stringMatching(/catalog\.yml:1:1: version: .*\n.*catalog\.yml:2:1: freezes: /s),
  });
  expect(exitCodeOf(refusal)).toBe(exitCodes.usage);
}, 20_000);
