import * as v from 'valibot';
import { Instant } from './instant.ts';

/** What a backup holds beside its snapshot: a logical dump of the database, and the configuration of what runs on it. */
export const exportKinds = ['dump', 'configuration'] as const;
export const ExportKind = v.picklist(exportKinds);
export type ExportKind = v.InferOutput<typeof ExportKind>;

export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'));

/**
 * How an export stands. `complete` is said only of what was looked at where it lies; `bytes` and `sha256` are of what is stored
 * there.
 */
export const Export = v.variant('status', [
  v.object({ status: v.literal('making') }),
  v.object({
    status: v.literal('complete'),
    bytes: v.pipe(v.number(), v.minValue(1)),
    sha256: Sha256,
    where: v.string(),
    finishedAt: Instant,
  }),
  v.object({ status: v.literal('failed'), reason: v.string() }),
  v.object({ status: v.literal('removed') }),
]);
export type Export = v.InferOutput<typeof Export>;
export type CompleteExport = Extract<Export, { status: 'complete' }>;
