import type { DatabaseName, InstanceId } from '../contracts/database.ts';
import type { SideAnswer, SideWeights, Witness, WriterState } from '../contracts/failover.ts';
import type { RecordName } from '../contracts/failover-policy.ts';
import type { ServiceName } from '../contracts/names.ts';

/** Who can tell whether a database's region is lost, each by a way of its own. */
export interface Witnesses {
  /**
   * All of them, always. One that cannot be asked is an answer, `unknown`, and never an error; only what keeps anybody from
   * being asked is one: `ConfigInvalid`.
   */
  ask(database: DatabaseName): Promise<Witness[]>;
}

/** What this region says of itself to the second one, where its silence is heard (`Witnesses`). */
export interface Heartbeats {
  /** How many targets of these services the load balancer of this region takes for healthy, in both slots. Errors: `ConfigInvalid`, `DependencyUnavailable`. */
  healthyTargets(services: readonly ServiceName[]): Promise<number>;
  /** Tells the second region; where there is none, nobody. Errors: `DependencyUnavailable`, `DependencyThrottled`, `AccessDenied`. */
  send(database: DatabaseName, healthyTargets: number): Promise<void>;
}

/**
 * The public names, each with one weighted, health-checked record for each side. Errors of all: `DnsRecordInvalid` for a name
 * that is not such a pair, `DependencyUnavailable`, `DependencyThrottled`, `AccessDenied`.
 */
export interface Dns {
  weights(record: RecordName): Promise<SideWeights>;
  /** One idempotent write, conditional on the fencing token alone. Errors: `WeightsInvalid`, `LeaseLost`. */
  shift(record: RecordName, weights: SideWeights, token: number): Promise<void>;
  /** Sends so many harmless requests through the name, as users come in. A lost answer is one with `ok: false`. */
  request(record: RecordName, requests: number, path: string): Promise<SideAnswer[]>;
}

/**
 * Who takes writes. Both changes are declarations that carry the fencing token: an older one than the last seen for the
 * server is refused with `LeaseLost`. Errors of all but `state`: `DependencyThrottled`, `AccessDenied`.
 */
export interface Writers {
  /** Tried, where the server can be reached. Errors: `InstanceNotFound` for one that its region does not know. */
  state(id: InstanceId): Promise<WriterState>;
  /** Takes the right to write away, for users and for what is connected already. Says whether anybody was there to do it. */
  fence(id: InstanceId, token: number): Promise<'fenced' | 'unreachable'>;
  /** Begins to make a replica the writer. One that is the writer already stays it. Errors: `InstanceNotFound`, `DependencyUnavailable`. */
  promote(id: InstanceId, token: number): Promise<void>;
}
