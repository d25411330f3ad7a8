import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { CatalogInvalid } from '../../lib/contracts/failures.ts';
import { aDatabase, aFailoverPolicy, aRecoveryPolicy } from '../domain/failover/builders.ts';
import { aCatalog } from '../support/builders.ts';

const problemsOf = (failover: unknown): string[] => {
  const recovery = { standard: aRecoveryPolicy({ drill: { ...aRecoveryPolicy().drill, removeAfterSeconds: 86_400 } }) };
  const catalog = { ...aCatalog(), recovery, databases: [{ ...aDatabase(), failover }] };
  try {
    parseCatalog(stringify(catalog), 'c.yml');
    return [];
  } catch (error) {
    return (error as CatalogInvalid).data.problems as string[];
  }
};

test('a good section has no problem', () => {
  expect(problemsOf(aFailoverPolicy())).toEqual([]);
});

test('the twin has one', () => {
  const [items] = parseCatalog(readFileSync('twin/catalog.yml', 'utf8'), 'twin/catalog.yml').databases;
  expect(items?.failover).toMatchObject({ replica: 'twin-standby', witnesses: 3, approval: 'none' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['another approval than none', { approval: 'two-people' }, 'databases.0.failover.approval'],
  ['fewer than three witnesses', { witnesses: 2 }, 'databases.0.failover.witnesses'],
  ['the database as its own replica', { replica: 'shop-first' }, 'databases.0.failover.replica: must be another'],
  ['a drill on a public name', { drillRecord: 'shop.example.com' }, 'databases.0.failover.drillRecord: must be a name'],
  ['a name twice', { records: ['a.example.com', 'a.example.com'] }, 'databases.0.failover.records: must name each'],
  ['an unknown setting', { region: 'eu-central-1' }, 'databases.0.failover.region'],
])('%s is refused, with its field', (_, differs, problem) => {
  expect(problemsOf({ ...aFailoverPolicy(), ...differs }).join('\n')).toContain(problem);
});
