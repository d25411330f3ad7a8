import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { CatalogInvalid } from '../../lib/contracts/failures.ts';
import type { Database, RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { aRecoveryPolicy } from '../domain/recovery/good.ts';
import { aCatalog } from '../support/builders.ts';

const aDatabase = (changes: Partial<Database> = {}): Database => ({
  name: 'shop-db',
  instance: 'shop-db',
  services: ['shop'],
  policy: 'daily',
  invariants: [{ name: 'orders have customers', sql: 'SELECT true' }],
  ...changes,
});
const churns = { table: 'public.carts', leastRows: 0 };
const catalogOf = (...databases: unknown[]) => ({ ...aCatalog(), recovery: { daily: aRecoveryPolicy() }, databases });
const problemsOf = (text: string): string[] => {
  try {
    parseCatalog(text, 'c.yml');
    return [];
  } catch (error) {
    expect((error as Error).name).toBe('CatalogInvalid');
    return (error as CatalogInvalid).data.problems as string[];
  }
};
const problemsIn = (catalog: unknown): string[] => problemsOf(stringify(catalog));
const databasesIn = ({ databases }: Catalog) => databases.map(({ name, instance }) => `${name} on ${instance}`);

describe('the databases of a catalog', () => {
  test.each([
    ['config/catalog.yml', ['mcp-ui on evenkeel-production']],
    ['twin/catalog.yml', ['items on twin']],
  ])('%s names its database', (file, databases) => {
    expect(databasesIn(parseCatalog(readFileSync(file, 'utf8'), file))).toEqual(databases);
  });

  test('the model names one too, under rules that hold', () => {
    expect(databasesIn(modelCatalog())).toEqual(['shop-db on shop-db']);
    expect(problemsIn(modelCatalog())).toEqual([]);
  });

  test('may be left out, as in a catalog from before there were any', () => {
    const { recovery: _r, databases: _d, ...old } = aCatalog();
    expect(parseCatalog(stringify(old), 'c.yml')).toEqual(aCatalog());
  });

  test('are read as they were written', () => {
    expect(parseCatalog(stringify(catalogOf(aDatabase())), 'c.yml')).toEqual(catalogOf(aDatabase()));
  });
});

describe('refused', () => {
  test.each<[string, unknown[], string]>([
    [
      'a policy that does not exist',
      [aDatabase({ policy: 'hourly' })],
      'databases.0.policy: must be one of the policies of recovery (daily), got "hourly"',
    ],
    [
      'a name of what every object has',
      [aDatabase({ policy: 'constructor' })],
      'databases.0.policy: must be one of the policies of recovery (daily), got "constructor"',
    ],
    [
      'services that are not there',
      [aDatabase({ services: ['shop', 'shpo', 'till'] })],
      'databases.0.services: must be services of the catalog, got shpo, till',
    ],
    [
      'a name twice',
      [aDatabase(), aDatabase({ instance: 'other' })],
      'databases.1.name: must be the only one of its name, got "shop-db" again',
    ],
    [
      'the name of a service, whose chain in the ledger it would share',
      [aDatabase({ name: 'shop' })],
      'databases.0.name: must not be the name of a service, got "shop"',
    ],
    [
      'an instance twice',
      [aDatabase(), aDatabase({ name: 'other' })],
      'databases.1.instance: must be of one database alone, got "shop-db" again',
    ],
    [
      'an invariant twice',
      [aDatabase({ invariants: [...aDatabase().invariants, ...aDatabase().invariants] })],
      'databases.0.invariants.1.name: must be the only one of its name, got "orders have customers" again',
    ],
    [
      'a table that churns twice',
      [aDatabase({ churning: [churns, { ...churns, leastRows: 1 }] })],
      'databases.0.churning.1.table: must be the only one of its table, got "public.carts" again',
    ],
    [
      'a table without its schema',
      [aDatabase({ churning: [{ ...churns, table: 'carts' }] })],
      'databases.0.churning.0.table: expected schema.table, got carts',
    ],
    [
      'less than no row',
      [aDatabase({ churning: [{ ...churns, leastRows: -1 }] })],
      'databases.0.churning.0.leastRows: expected at least 0, got -1',
    ],
  ])('%s', (_, databases, problem) => {
    expect(problemsIn(catalogOf(...databases))).toEqual([expect.stringMatching(/^c\.yml:\d+:\d+: /)]);
    expect(problemsIn(catalogOf(...databases))[0]).toContain(problem);
  });

  const withDrill = (drill: Partial<RecoveryPolicy['drill']>) => ({
    ...catalogOf(aDatabase()),
    recovery: { daily: aRecoveryPolicy({ drill: { ...aRecoveryPolicy().drill, ...drill } }) },
  });
  test('removers that act while a drill may still run, where it stands', () => {
    const text = stringify(withDrill({ removeAfterSeconds: 5400 }));
    const line = text.split('\n').findIndex((row) => row.includes('removeAfterSeconds')) + 1;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        `^c.yml:${line}:7: recovery.daily.drill.removeAfterSeconds: must be more than .*5400.*got 5400$`,
      ),
    ]);
    expect(problemsIn(withDrill({ removeAfterSeconds: 5401 }))).toEqual([]);
  });

  test.each(['DELETE FROM orders', 'SELECT 1; DROP TABLE orders'])(
    'an invariant that is no one question: %s',
    (sql) => {
      expect(problemsIn(catalogOf(aDatabase({ invariants: [{ name: 'no', sql }] })))).toEqual([
        expect.stringContaining('databases.0.invariants.0.sql: expected one SELECT without a semicolon'),
      ]);
    },
  );

  test('all of it at once, also beside what has the wrong shape', () => {
    const bad = { ...aDatabase({ name: 'shop', policy: 'hourly', services: ['till'] }), instance: 'No Such' };
    const { recovery } = withDrill({ removeAfterSeconds: 60 });
    const told = problemsIn({ ...catalogOf(bad, null), recovery }).map((line) => line.split(': ')[1]);
    expect(told).toEqual(
      expect.arrayContaining([
        'recovery.daily.drill.removeAfterSeconds',
        'databases.0.name',
        'databases.0.instance',
        'databases.0.policy',
        'databases.0.services',
        'databases.1',
      ]),
    );
  });
});
