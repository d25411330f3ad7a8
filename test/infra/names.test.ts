import { expect, test } from '@jest/globals';
import type { Configuration } from '../../scripts/infra/drift/configuration.ts';
import { allWrittenRules, readWritten } from '../../scripts/infra/drift/part.ts';

const written = await readWritten();

test.each(allWrittenRules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  expect(rule.broken(written)).toEqual([]);
});

const without = (configuration: Configuration, blocks: 'resource' | 'locals'): Configuration => ({
  ...configuration,
  [blocks]: {},
});

const faults = {
  'the parameters that the stack reads are written, and no others': {
    names: { ...written.names, parameters: [...written.names.parameters, 'table-name'] },
  },
  'whatever a role of the stack may do is within its permission boundary': {
    names: { ...written.names, actions: [{ boundary: 'actors' as const, actions: ['lambda:InvokeFunction'] }] },
  },
  'alarms of the catalog are those that are made for each service': {
    observability: { ...written.observability, locals: { ...written.observability.locals, worst: { latency: {} } } },
  },
  'alarms on traffic read the namespace that a watch reads': {
    names: { ...written.names, traffic: { ...written.names.traffic, namespace: 'Other' } },
  },
  'the Kubernetes group of the functions is the one that the manifests bind': { groups: ['admins'] },
  'the names that a failover moves are those that Terraform makes': { domain: 'example.org' },
  'the name that a drill moves is the one that Terraform makes': { domain: 'example.org' },
  'records have the names by which the adapter knows the sides': {
    names: { ...written.names, sides: written.names.sides.slice(1) },
  },
  'database, replica and cluster of a failover are those of the two environments': { secondRegion: written.production },
  'the old writer is fenced by a group without rules': { database: without(written.database, 'resource') },
  'both servers bear the tag that IAM asks for': { database: without(written.database, 'resource') },
  'copies of drills have the names that IAM lets be restored and removed': {
    names: { ...written.names, copies: 'evenkeel-copy-*' },
  },
  'the heartbeat is read by the names by which it is sent': { failover: without(written.failover, 'locals') },
};

test('each rule has a fault that breaks it', () => {
  expect(Object.keys(faults)).toEqual(allWrittenRules.map(({ name }) => name));
});

test.each(Object.entries(faults))('a fault breaks: %s', (name, fault) => {
  const rule = allWrittenRules.find((one) => one.name === name);
  expect(rule?.broken({ ...written, ...fault })).not.toEqual([]);
});
