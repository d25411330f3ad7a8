import * as v from 'valibot';
import { DrillMark, Instance, InstanceId, RestoreSource, type SnapshotId } from '../../../lib/contracts/database.ts';
import { Sha256 } from '../../../lib/contracts/export.ts';
import { Instant } from '../../../lib/contracts/instant.ts';
import { DatabaseAddress } from '../postgres/address.ts';
import { parseRecord } from '../process/durable-file.ts';
import type { Row } from '../store/body.ts';
import type { Store } from '../store/database.ts';

/** What is known of a snapshot once it is whole. */
const Taken = v.object({
  takenAt: Instant,
  bytes: v.number(),
  engineVersion: v.string(),
  /** The oldest segment of the log that it needs. */
  firstSegment: v.string(),
});
const Restored = v.object({ login: DatabaseAddress, engineVersion: v.string(), bytes: v.number() });
const Exported = v.object({ bytes: v.number(), sha256: Sha256, finishedAt: Instant });
const Snapshot = v.object({ of: InstanceId, backup: v.optional(v.string()), begunAt: Instant });

const Making = v.object({ of: InstanceId, begunAt: Instant });

const bodies = {
  snapshot: Snapshot,
  copy: Snapshot,
  drill: v.object({
    source: RestoreSource,
    sizeClass: v.string(),
    mark: DrillMark,
    damage: v.optional(v.picklist(['truncated-wal', 'flipped-page', 'stale'])),
    createdAt: Instant,
  }),
  standby: v.object({ of: InstanceId, createdAt: Instant }),
  dump: Making,
  configuration: Making,
};
const results = {
  snapshot: Taken,
  copy: Taken,
  drill: Restored,
  standby: Restored,
  dump: Exported,
  configuration: Exported,
};

export const kinds = [
  'snapshot',
  'copy',
  'drill',
  'standby',
  'dump',
  'configuration',
] as const satisfies (keyof typeof bodies)[];
export type Kind = keyof typeof bodies;
/** `failure`: as an instance tells it. */
const Failed = v.object({ failed: v.string(), failure: Instance.entries.failure });
type Failed = v.InferOutput<typeof Failed>;

type Body<K extends Kind> = v.InferOutput<(typeof bodies)[K]>;
type Result<K extends Kind> = v.InferOutput<(typeof results)[K]>;
export type Taken = Result<'snapshot'>;

/** Something that is being made, is made, or is being removed. `result`: how making it ended. */
export type Work<K extends Kind = Kind> = {
  kind: K;
  id: SnapshotId | InstanceId;
  wanted: 'present' | 'absent';
  body: Body<K>;
  result?: { made: Result<K> } | Failed;
};

/** The wishes, each changed in one step, so that a removal that comes while something is made is never lost. */
export interface Works {
  /** Keeps a new wish; one with the same id is left as it is, whatever became of it. */
  begin<K extends Kind>(kind: K, id: string, body: Body<K>): void;
  find<K extends Kind>(kind: K, id: string): Work<K> | undefined;
  all<K extends Kind>(kind: K): Work<K>[];
  end<K extends Kind>(kind: K, id: string, result: NonNullable<Work<K>['result']>): void;
  unwant(kind: Kind, id: string): void;
  forget(kind: Kind, id: string): void;
}

export const storedWorks = (store: Store): Works => ({
  begin: (kind, id, body) =>
    store.write((database) => {
      const insert = database.prepare("INSERT OR IGNORE INTO works VALUES (?, ?, 'present', ?, NULL)");
      insert.run(kind, id, JSON.stringify(body));
    }),
  find: (kind, id) =>
    store.read((database) => {
      const row = database.prepare('SELECT * FROM works WHERE kind = ? AND id = ?').get(kind, id);
      return row && workOf(kind, row);
    }),
  all: (kind) =>
    store.read((database) => {
      const rows = database.prepare('SELECT * FROM works WHERE kind = ? ORDER BY rowid').all(kind);
      return rows.map((row) => workOf(kind, row));
    }),
  end: (kind, id, result) =>
    store.write((database) => {
      const update = database.prepare('UPDATE works SET result = ? WHERE kind = ? AND id = ?');
      update.run(JSON.stringify(result), kind, id);
    }),
  unwant: (kind, id) =>
    store.write((database) => {
      database.prepare("UPDATE works SET wanted = 'absent' WHERE kind = ? AND id = ?").run(kind, id);
    }),
  forget: (kind, id) =>
    store.write((database) => {
      database.prepare('DELETE FROM works WHERE kind = ? AND id = ?').run(kind, id);
    }),
});

const Wanted = v.picklist(['present', 'absent']);

const workOf = <K extends Kind>(kind: K, row: Row): Work<K> => {
  const parse = <T>(text: unknown, schema: v.GenericSchema<unknown, T>) =>
    parseRecord(`control-plane store, works, ${kind} ${row.id}`, String(text), schema);
  const resultSchema = v.union([v.object({ made: results[kind] }), Failed]);
  return {
    kind,
    id: String(row.id),
    wanted: v.parse(Wanted, row.wanted),
    body: parse(row.body, bodies[kind] as v.GenericSchema<unknown, Body<K>>),
    ...(row.result !== null && { result: parse(row.result, resultSchema) as NonNullable<Work<K>['result']> }),
  };
};

export const madeOf = <K extends Kind>(work: Work<K> | undefined): Result<K> | undefined =>
  work?.wanted === 'present' && work.result && 'made' in work.result ? work.result.made : undefined;
