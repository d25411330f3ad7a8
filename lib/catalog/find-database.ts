import type { Catalog } from '../contracts/catalog.ts';
import type { DatabaseName } from '../contracts/database.ts';
import { CatalogInvalid, DatabaseUnknown } from '../contracts/failures.ts';
import type { ServiceName } from '../contracts/names.ts';
import type { Database, RecoveryPolicy } from '../contracts/recovery-policy.ts';

/** Errors: `DatabaseUnknown`, naming the databases there are. */
export const findDatabase = (catalog: Catalog, name: DatabaseName): Database => {
  const database = catalog.databases.find((one) => one.name === name);
  if (database) return database;
  const known = catalog.databases.map((one) => one.name);
  throw new DatabaseUnknown(name, known);
};

export const databasesOf = (catalog: Catalog, service: ServiceName): Database[] =>
  catalog.databases.filter(({ services }) => services.includes(service));

/** The policy a database follows. The parser has already refused a catalog in which it is missing. */
export const recoveryPolicyOf = (catalog: Catalog, database: Database): RecoveryPolicy => {
  const policy = catalog.recovery[database.policy];
  if (policy) return policy;
  throw new CatalogInvalid(
    `databases: "${database.name}" follows the policy "${database.policy}", which does not exist`,
  );
};
