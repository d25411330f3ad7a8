import * as v from 'valibot';
import { InstanceId } from './database.ts';
import { Instant } from './instant.ts';

/**
 * A row that is written to the database every minute: proof of how far a copy reaches. `hash` is SHA-256, in hexadecimal, of
 * `<previous hash>|<sequence>|<at>`, with an empty previous hash for the first; so a row that is missing, changed or made up shows.
 */
export const Sentinel = v.object({ sequence: v.number(), at: Instant, hash: v.string() });
export type Sentinel = v.InferOutput<typeof Sentinel>;

/** `schema.name`, as PostgreSQL prints it without quotes. */
export const TableName = v.pipe(v.string(), v.regex(/^[^.]{1,63}\.[^.]{1,63}$/, 'expected schema.table'));
export type TableName = string;

/**
 * What reading one whole table came to. `checksum` does not depend on the order of rows; it is a sum of row hashes, as text.
 * `damage`: what reading it or amcheck complained of; empty when nothing did.
 */
export const TableReading = v.object({
  table: TableName,
  rows: v.number(),
  checksum: v.string(),
  damage: v.array(v.string()),
});
export type TableReading = v.InferOutput<typeof TableReading>;

/** What can be told of a database without reading it all. Owners by table; versions by extension. */
export const ContentOutline = v.object({
  /** PostgreSQL's own identifier of the cluster that the data came from: a restore keeps it, another database has another. */
  systemIdentifier: v.string(),
  database: v.string(),
  engineVersion: v.string(),
  owners: v.record(TableName, v.string()),
  extensions: v.record(v.string(), v.string()),
  pageChecksums: v.boolean(),
});
export type ContentOutline = v.InferOutput<typeof ContentOutline>;

/** What a database held around a moment: its outline and every table. Sentinels are not among the tables. */
export const Manifest = v.object({
  instance: InstanceId,
  at: Instant,
  outline: ContentOutline,
  tables: v.array(TableReading),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** The sentinels of a copy: the newest, how many there are, and the first contradiction in their chain. */
export const SentinelReading = v.object({
  newest: v.optional(Sentinel),
  count: v.number(),
  broken: v.optional(v.string()),
});
export type SentinelReading = v.InferOutput<typeof SentinelReading>;

/** A rule of the business as SQL that gives one row with one boolean. `holds` is absent when it could not be asked. */
export const InvariantReading = v.object({
  name: v.string(),
  holds: v.optional(v.boolean()),
  error: v.optional(v.string()),
});
export type InvariantReading = v.InferOutput<typeof InvariantReading>;
