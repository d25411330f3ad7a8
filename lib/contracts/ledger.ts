import * as v from 'valibot';
import { Instant } from './instant.ts';
import { ServiceName } from './names.ts';

const data = v.record(v.string(), v.unknown());

/** A decision or effect to remember. The same `key` twice is the same fact and is kept once. */
export const LedgerFact = v.object({
  service: ServiceName,
  key: v.string(),
  kind: v.string(),
  at: Instant,
  run: v.string(),
  /** The fact as a sentence a person reads. */
  says: v.string(),
  data,
});
export type LedgerFact = v.InferOutput<typeof LedgerFact>;

/** A fact in its service's chain: `hash` is SHA-256 over the canonical fact, its `sequence` and `previousHash`. */
export const LedgerEntry = v.object({
  ...LedgerFact.entries,
  sequence: v.number(),
  previousHash: v.string(),
  hash: v.string(),
});
export type LedgerEntry = v.InferOutput<typeof LedgerEntry>;
