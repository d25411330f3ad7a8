import type { InstanceId } from '../contracts/database.ts';
import type { Instant } from '../contracts/instant.ts';

/** `in-place`: it is gone for as long as its start takes. `to-standby`: the standby of its own region takes its place. */
export type Restart = 'in-place' | 'to-standby';
/** By how much a disk grows, and where it ends. The same `stamp` again is the same growth. */
export type Growth = { byPercent: number; atMostGib: number; stamp: string };

/**
 * What is done about alarms to database servers of production. All is begun here and goes on by itself; what has been done is not
 * done again. Errors of all: `ActionImpossible` for what this server cannot do, `InstanceNotFound`, `LeaseLost` for an older token
 * than the last seen for the server, `DatabaseBusy` (try again), `DependencyThrottled`, `DependencyUnavailable`, `AccessDenied`.
 */
export interface DatabaseOperations {
  /** One that was restarted since then, by whoever it was, stays as it is. */
  restart(id: InstanceId, how: Restart, since: Instant, token: number): Promise<void>;
  /** Never smaller, and never above the limit. Gives what it had and what it will have. */
  extendStorage(id: InstanceId, growth: Growth, token: number): Promise<{ fromGib: number; toGib: number }>;
  /**
   * Makes a copy that follows another server a server of its own. Refused unless what it follows is gone or has failed: there would be
   * two writers. One that follows nobody stays as it is.
   */
  promote(id: InstanceId, token: number): Promise<void>;
}

/** Who is connected to a database. Errors: `InstanceNotFound`, `DependencyUnavailable`, `AccessDenied`. */
export interface Sessions {
  /**
   * Ends the sessions that others have waited for longer than this and that wait for nobody themselves: who waits behind them is let
   * go on. Gives how many were ended.
   */
  endBlocking(id: InstanceId, waitedSeconds: number): Promise<number>;
}

/**
 * Caches with a replica. Errors: `ActionImpossible` for one that is not there or has nothing to fail over to, `LeaseLost`,
 * `DatabaseBusy` (try again), `DependencyThrottled`, `DependencyUnavailable`, `AccessDenied`.
 */
export interface Caches {
  /** A replica takes the primary's place. One that failed over since then stays as it is. `id`: the cache, or one of its nodes. */
  failOver(id: string, since: Instant, token: number): Promise<void>;
}
