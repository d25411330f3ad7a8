import { findDatabase } from '../../lib/catalog/find-database.ts';
import { type FailoverOutcome, FailoverWish, failoverNameOf } from '../../lib/contracts/failover.ts';
import { FailoverUnplanned } from '../../lib/contracts/failures.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { checked } from '../input/checked.ts';
import { executionName } from './belongs.ts';
import { readChain } from './chain.ts';

export type FailoverRequest = Pick<FailoverWish, 'database' | 'mode' | 'reason' | 'requestedBy' | 'requestId'>;

/** Asks for a failover or its drill. Errors: `InputInvalid`, `DatabaseUnknown`, `FailoverUnplanned`. */
export const requestFailover = async (
  plane: Pick<ControlPlane, 'ports' | 'events'>,
  request: FailoverRequest,
): Promise<FailoverWish & { name: string }> => {
  const wish = checked(FailoverWish, request);
  const { failover } = findDatabase(await plane.ports.catalogs.current(), wish.database);
  if (!failover)
    throw new FailoverUnplanned(
      `database: "${request.database}" has no second region; add its failover section to the catalog`,
      { database: request.database },
    );
  await plane.events.send('FailoverRequested', wish);
  return { ...wish, name: failoverNameOf(wish.database, wish.requestId) };
};

/** How a failover ended, as its own machine recorded it. Undefined while it runs. */
export const failoverOutcome = async (
  { ports }: Pick<ControlPlane, 'ports'>,
  database: string,
  name: string,
): Promise<FailoverOutcome | undefined> => {
  const chain = await readChain(ports, database, 0);
  const closing = chain.find(({ kind, run }) => kind === 'ended' && executionName(run) === name);
  return closing?.data.outcome as FailoverOutcome | undefined;
};
