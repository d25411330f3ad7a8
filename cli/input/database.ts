import { findDatabase } from '../../lib/catalog/find-database.ts';
import type { DatabaseName } from '../../lib/contracts/database.ts';
import type { Needs } from '../../lib/ports/index.ts';

/** Errors: `DatabaseUnknown`, with the databases that are known. */
export const assertDatabase = async ({ catalogs }: Needs<'catalogs'>, database: DatabaseName): Promise<void> => {
  findDatabase(await catalogs.current(), database);
};
