import { expect, test } from '@jest/globals';
import type { Condition } from '../../../lib/contracts/playbook.ts';
import { guarantees } from '../../../lib/domain/remediation/guarantees.ts';

const service: Condition = { field: 'resource.kind', equals: 'service' };
const database: Condition = { field: 'resource.kind', equals: 'database' };
const named: Condition = { field: 'name', equals: 'shop-errors' };

test.each<[string, Condition, boolean]>([
  ['the kind itself', service, true],
  ['another kind', database, false],
  ['a name', named, false],
  ['a name and the kind', { all: [named, service] }, true],
  ['a name or the kind', { any: [named, service] }, false],
  ['two ways to be about a service', { any: [service, { field: 'resource.service', startsWith: 'sh' }] }, true],
  ['one of the kinds', { field: 'resource.kind', in: ['service', 'database'] }, false],
  ['a pattern that fits it alone', { field: 'resource.kind', matches: '^serv' }, true],
  ['that it has a kind', { field: 'resource.kind', exists: true }, false],
  ['not another', { not: database }, false],
  ['that no service feels it', { field: 'resource.service', exists: false }, false],
  ['a time', { between: { from: '01:00', to: '02:00' } }, false],
])('%s', (_, condition, expected) => {
  expect(guarantees(condition, 'service')).toBe(expected);
});

test('whose users feel it is no database', () => {
  expect(guarantees({ field: 'resource.service', exists: true }, 'database')).toBe(false);
  expect(guarantees(database, 'database')).toBe(true);
});
