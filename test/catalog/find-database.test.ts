import { expect, test } from '@jest/globals';
import { databasesOf, findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { aCatalog } from '../support/builders.ts';

const catalog = modelCatalog();

test('a database is found with the policy it follows', () => {
  const database = findDatabase(catalog, 'shop-db');
  expect(database).toMatchObject({ name: 'shop-db', instance: 'shop-db' });
  expect(recoveryPolicyOf(catalog, database)).toEqual(catalog.recovery.standard);
});

test('a service finds its databases, and another none', () => {
  expect(databasesOf(catalog, 'shop').map(({ name }) => name)).toEqual(['shop-db']);
  expect(databasesOf(catalog, 'till')).toEqual([]);
});

test.each([
  [catalog, 'shop-bd', 'known databases: shop-db'],
  [aCatalog(), 'shop-db', 'known databases: none'],
])('an unknown database is refused with those that are known', (where, name, known) => {
  expect(() => findDatabase(where, name)).toThrow(
    expect.objectContaining({ name: 'DatabaseUnknown', message: expect.stringContaining(known) }),
  );
});

test('a policy that is missing is refused', () => {
  const database = { ...findDatabase(catalog, 'shop-db'), policy: 'hourly' };
  expect(() => recoveryPolicyOf(catalog, database)).toThrow(expect.objectContaining({ name: 'CatalogInvalid' }));
});
