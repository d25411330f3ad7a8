import type { Action } from '../../contracts/action.ts';
import type { Catalog } from '../../contracts/catalog.ts';
import { databaseLeaseOf } from '../../contracts/lease.ts';

/** Machines of their own hold what they touch, and an undo asks nobody: neither may wait for a lease of ours. */
const startsMachine: readonly Action['kind'][] = ['undo-release', 'run-restore-test'];

/**
 * What whoever acts on the resource must hold. A service's is that of its releases and a database's that of its failover, so that
 * none of these runs beside an act.
 */
export const leaseNameOf = (resource: string, { kind }: Action, { databases }: Pick<Catalog, 'databases'>): string => {
  if (startsMachine.includes(kind)) return `remedy/${resource}`;
  const database = databases.find(({ instance }) => resource === `database/${instance}`);
  return database ? databaseLeaseOf(database.name) : resource;
};
