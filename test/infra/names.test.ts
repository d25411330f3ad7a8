import { expect, test } from '@jest/globals';
import { writtenRules } from '../../scripts/infra/drift/configuration-rules.ts';
import { readWritten } from '../../scripts/infra/drift/part.ts';

const written = await readWritten();

test.each(writtenRules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  expect(rule.broken(written)).toEqual([]);
});

const faults = {
  'the parameters that the stack reads are written, and no others': {
    names: { ...written.names, parameters: [...written.names.parameters, 'table-name'] },
  },
  'whatever a role of the stack may do is within the permission boundary': {
    names: { ...written.names, actions: ['iam:CreateRole'] },
  },
  'alarms of the catalog are those that are made for each service': {
    observability: { ...written.observability, locals: { ...written.observability.locals, worst: { latency: {} } } },
  },
  'alarms on traffic read the namespace that a watch reads': {
    names: { ...written.names, traffic: { ...written.names.traffic, namespace: 'Other' } },
  },
  'the Kubernetes group of the functions is the one that the manifests bind': { groups: ['admins'] },
};

test('each rule has a fault that breaks it', () => {
  expect(Object.keys(faults)).toEqual(writtenRules.map(({ name }) => name));
});

test.each(Object.entries(faults))('a fault breaks: %s', (name, fault) => {
  const rule = writtenRules.find((one) => one.name === name);
  expect(rule?.broken({ ...written, ...fault })).not.toEqual([]);
});
