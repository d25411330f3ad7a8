import { beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { esbuildOptions } from '../../serverless/bundling.ts';
import type { Statement } from '../../serverless/cloudformation.ts';
import { grants } from '../../serverless/grants.ts';
import { parameters } from '../../serverless/parameters.ts';
import { settings } from '../../serverless/settings.ts';
import { root } from '../support/sources.ts';
import { actionsIn } from './bundled-commands.ts';

const adapters = {
  eksExports: 'kubernetes/exports.ts',
  kmsSigner: 'kms/signer.ts',
  postgresContents: 'postgres/contents.ts',
  rdsDatabases: 'rds/databases.ts',
  s3EvidenceVault: 's3/evidence-vault.ts',
  schedulerRemovals: 'scheduler/removals.ts',
};
const names = Object.keys(adapters);
const statementsOf = (name: string): readonly Statement[] => grants[name]?.allows ?? [];
const allStatements = names.flatMap(statementsOf);
const allowing = (action: string) => allStatements.filter(({ Action }) => Action.includes(action));
const textOf = (value: unknown) => JSON.stringify(value);

let wanted: Record<string, string[]>;
beforeAll(async () => {
  const entryPoints = Object.fromEntries(
    Object.entries(adapters).map(([name, file]) => [name, `lib/adapters/${file}`]),
  );
  const options = { ...esbuildOptions, minify: false, absWorkingDir: root, entryPoints, outdir: 'unwritten' };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  wanted = Object.fromEntries(
    names.map((name) => {
      const inputs = metafile.outputs[`unwritten/${name}.js`]?.inputs ?? {};
      return [name, actionsIn(Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0))];
    }),
  );
}, 60_000);

test.each(names)('%s is granted exactly what its code can ask for', (name) => {
  const granted = statementsOf(name).flatMap(({ Action }) => Action);
  expect([...new Set(granted)].sort()).toEqual(wanted[name]);
});

test.each(names)('each setting of %s has a value', (name) => {
  const asked = Object.keys(grants[name]?.config ?? {});
  expect(asked.filter((setting) => settings[setting] === undefined)).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
});

test('each value that is looked up when the stack is deployed is a parameter', () => {
  const texts = textOf([allStatements, settings]);
  const used = [...texts.matchAll(/"Ref":"(\w+)"|\$\{(\w+)\}/g)].map(([, byRef, inText]) => byRef ?? inText ?? '');
  const ofTheStack = /^ControlTable$|StateMachine$/;
  expect([...new Set(used)].filter((name) => !(name in parameters) && !ofTheStack.test(name))).toEqual([]);
});

describe('IAM itself forbids', () => {
  test.each(['rds:DeleteDBInstance', 'rds:ModifyDBInstance'])(
    "%s of what is no drill's, by name and by mark",
    (action) => {
      expect(allowing(action)).toHaveLength(1);
      for (const { Resource, Condition } of allowing(action)) {
        expect(textOf(Resource)).toMatch(/:db:evenkeel-drill-\*"}$/);
        expect(Condition).toEqual({ StringLike: { 'aws:ResourceTag/evenkeel:drill': '?*' } });
      }
    },
  );

  test('a removal of a snapshot that belongs to no backup', () => {
    expect(allowing('rds:DeleteDBSnapshot').map(({ Condition }) => Condition)).toEqual([
      { StringLike: { 'aws:ResourceTag/evenkeel:backup': '?*' } },
    ]);
  });

  test('a restore to anywhere but the isolated subnets, or without the mark', () => {
    const places = allowing('rds:RestoreDBInstanceFromDBSnapshot').flatMap(({ Resource, Condition }) =>
      [Resource].flat().map((resource) => ({ resource: textOf(resource), Condition })),
    );
    expect(places.filter(({ resource }) => resource.includes('*"') && resource.includes(':subgrp:'))).toEqual([]);
    expect(places.filter(({ resource }) => resource.includes(':db:')).map(({ Condition }) => Condition)).toEqual([
      { StringLike: { 'aws:RequestTag/evenkeel:drill': '?*' } },
    ]);
  });

  test('a tag on a copy that is not the one of its login', () => {
    const tagging = statementsOf('postgresContents').filter(({ Action }) => Action.includes('rds:AddTagsToResource'));
    expect(tagging.map(({ Condition }) => Condition?.['ForAllValues:StringEquals'])).toEqual([
      { 'aws:TagKeys': ['evenkeel:login'] },
    ]);
  });

  test('a deletion of anything but exports in the bucket of backups, and any writing there', () => {
    expect(allowing('s3:DeleteObject').map(({ Resource }) => textOf(Resource))).toEqual([
      expect.stringMatching(/BackupBucket}\/database\/\*.*BackupBucket}\/configuration\/\*/),
    ]);
    const actions = statementsOf('eksExports').flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /Put|Bypass|DeleteObjectVersion/.test(action))).toEqual([]);
  });

  test('a deletion of evidence', () => {
    const actions = statementsOf('s3EvidenceVault').flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /Delete|Bypass/.test(action))).toEqual([]);
  });
});
