import type {
  ContentOutline,
  InvariantReading,
  Manifest,
  Sentinel,
  SentinelReading,
  TableName,
  TableReading,
} from '../contracts/content.ts';
import type { InstanceId } from '../contracts/database.ts';
import type { Instant } from '../contracts/instant.ts';
import type { Invariant } from '../contracts/recovery-policy.ts';

/**
 * What is in a database. A production instance is asked with its own login; a drill's copy with a login that was made for it, and a
 * copy that answers only to the production password is refused with `ProductionLogin`. Errors of all: `DependencyUnavailable`,
 * `InstanceNotFound`.
 */
export interface Contents {
  /** Adds the next sentinel; a second one within the same minute changes nothing. Gives the newest. */
  writeSentinel(id: InstanceId, now: Instant): Promise<Sentinel>;
  outline(id: InstanceId): Promise<ContentOutline>;
  /** All tables of users, sorted; sentinels are not among them. */
  tables(id: InstanceId): Promise<TableName[]>;
  /** Reads every row and index of one table, in constant memory. Damage is an answer, not an error. */
  table(id: InstanceId, table: TableName): Promise<TableReading>;
  sentinels(id: InstanceId): Promise<SentinelReading>;
  invariants(id: InstanceId, invariants: readonly Invariant[]): Promise<InvariantReading[]>;
  /** Outline and all tables as of one moment (one snapshot of a transaction). */
  manifest(id: InstanceId, now: Instant): Promise<Manifest>;
  /** Damages a drill's copy on purpose, by SQL. Errors: `NotOurs` for anything that is no drill's. */
  damage(id: InstanceId, damage: 'dropped-table' | 'wrong-owner'): Promise<void>;
}
