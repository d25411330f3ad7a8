import * as v from 'valibot';
import { CertificateCheckWish, RenewalOutcome } from './certificate.ts';
import { Failed } from './rollback.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A part of all endpoints, small enough for one function. `part` counts from 0. */
export const Batch = v.object({ part: count, of: count });
export type Batch = v.InferOutput<typeof Batch>;

/** How far a log was read; see lib/ports/certificates.ts. */
export const LogCursor = v.object({ log: v.string(), size: v.number(), root: v.string() });

/** A part of a check that could not be done. What it looks for is then UNKNOWN. */
export const Undone = v.object({ part: v.string(), ...Failed.entries });
export type Undone = v.InferOutput<typeof Undone>;

/** What the last step of a check is handed. `failed`: nothing could be judged at all. */
export const CheckEnd = v.object({
  name: v.string(),
  wish: CertificateCheckWish,
  cursors: v.array(LogCursor),
  blind: v.array(v.string()),
  undone: v.array(Undone),
  renewals: v.array(RenewalOutcome),
  left: count,
  failed: v.nullable(Failed),
});
export type CheckEnd = v.InferOutput<typeof CheckEnd>;

/** `checked`: nothing went bad that was not bad before, and told. */
export const CheckOutcome = v.object({
  status: v.picklist(['checked', 'went-bad', 'blind', 'unchecked']),
  says: v.string(),
  counts: v.object({ OK: count, UNKNOWN: count, BAD: count }),
});
export type CheckOutcome = v.InferOutput<typeof CheckOutcome>;
