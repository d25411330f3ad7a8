import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Resources } from '../../serverless/cloudformation.ts';
import { accessEntries, adaptersOf, functionRoles, networks, roleIdOf } from '../../serverless/functions.ts';
import { machineResources } from '../../serverless/machines.ts';
import { parameters } from '../../serverless/parameters.ts';
import { serviceFunctions } from '../../serverless/service.ts';

type Entry = { vpc?: string };
const { functions } = parse(readFileSync('serverless.yml', 'utf8')) as { functions: Record<string, Entry> };

const using = (...adapters: string[]) =>
  serviceFunctions.filter((fn) => adaptersOf(fn).some((name) => adapters.includes(name))).map(({ key }) => key);
const settingOf = (key: string) => `\${file(serverless/index.js):networks.${key}}`;

const ofTheCluster = ['awsInventory', 'certificateRenewals', 'eksCluster'];

describe('functions that reach the cluster, a slot, a database or an address', () => {
  const inside = using(
    ...ofTheCluster,
    'eksExports',
    'eksPods',
    'httpProbe',
    'postgresContents',
    'postgresSessions',
    'rdsWriters',
    'regionWitnesses',
  );
  test.each(serviceFunctions.map(({ key }) => key))('%s is in the network if, and only if, it needs to be', (key) => {
    expect(functions[key]?.vpc).toBe(inside.includes(key) ? settingOf(key) : undefined);
  });
  test('and each that is named there has a network', () => {
    expect(Object.keys(networks).sort()).toEqual([...inside].sort());
  });
  test('the write that undoes waits for no network', () => {
    expect(inside).not.toContain('rollbackUndoTraffic');
  });
});

describe('access to the cluster', () => {
  const acting = using('eksPods');
  const entryOf = (role: string) =>
    Object.values(accessEntries).find(({ Properties }) =>
      JSON.stringify(Properties.PrincipalArn).includes(`"${role}"`),
    );
  test('has an entry for each role that uses it, and for no other', () => {
    const users = using(...ofTheCluster, 'eksExports', 'eksPods');
    expect(Object.keys(accessEntries)).toHaveLength(users.length);
    expect(users.filter((key) => !entryOf(roleIdOf(key)))).toEqual([]);
  });
  test.each([
    ...ofTheCluster.map((adapter) => [adapter, '[{"Ref":"AccessGroup"}]'] as const),
    ['eksExports', `[{"Fn::Sub":"\${AccessGroup}-exports"}]`] as const,
  ])('is for %s by the one group that the manifests bind for it', (adapter, expected) => {
    const users = using(adapter).filter((key) => !acting.includes(key));
    const groups = users.map((key) => entryOf(roleIdOf(key))?.Properties.KubernetesGroups);
    expect(new Set(groups.map((group) => JSON.stringify(group)))).toEqual(new Set([expected]));
  });
  test('of single pods is for the one function that acts on them, by a group of its own', () => {
    expect(acting).toEqual(['remediationActOnCluster']);
    const groups = entryOf(roleIdOf('remediationActOnCluster'))?.Properties.KubernetesGroups;
    expect(groups).toEqual([{ Ref: 'AccessGroup' }, { 'Fn::Sub': `\${AccessGroup}-acts` }]);
  });
});

describe('every role is within the boundary', () => {
  const within = (resources: Resources) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([id, { Properties }]) => [id, (Properties.PermissionsBoundary as { Ref: string }).Ref] as const);
  const acts = /^RemediationAct/;

  test.each([
    ['of machines', within(machineResources), 'MachineBoundaryArn'],
    [
      'of functions that act for remediation',
      within(functionRoles).filter(([id]) => acts.test(id)),
      'ActorBoundaryArn',
    ],
    ['of functions', within(functionRoles).filter(([id]) => !acts.test(id)), 'FunctionBoundaryArn'],
  ])('%s', (_, roles, boundary) => {
    expect(new Set(roles.map(([, one]) => one))).toEqual(new Set([boundary]));
    expect(parameters).toHaveProperty(boundary);
  });
});
