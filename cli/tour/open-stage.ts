import { recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import { twinPlane } from '../control-plane/twin.ts';
import { startUsers } from '../traffic/users.ts';
import { twinCatalogs } from '../twin/catalog.ts';
import type { TwinControl } from '../twin/twin-control.ts';
import type { Stage } from './stage.ts';

export type StageOptions = {
  twin: TwinControl;
  usersPerSecond: () => number;
  signal: AbortSignal;
  tell(text: string): void;
};

/** A running twin and people who use the first service of its catalog. Whoever opens it stops the users. */
export const openStage = async ({ twin, usersPerSecond, signal, tell }: StageOptions): Promise<Stage> => {
  const { stateDir, addresses } = await twin.up(tell);
  const catalog = await twinCatalogs.current();
  const [[service], [database]] = [catalog.services, catalog.databases];
  const address = service && addresses[service.name];
  if (!service || !address || !database) throw new Error('the twin has no service with a database to show');
  const { name, instance } = database;
  const { rpoSeconds } = recoveryPolicyOf(catalog, database).promises;
  const url = `${address}/`;
  const users = startUsers({ url, requestsPerSecond: usersPerSecond });
  return {
    service: service.name,
    database: { name, instance, rpoSeconds },
    stateDir,
    url,
    users,
    twin,
    plane: () => twinPlane(stateDir),
    tell,
    signal,
  };
};
