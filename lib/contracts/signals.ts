import { fromMs, type Instant, toMs } from './instant.ts';
import type { Slot } from './names.ts';

/** The grid of all traffic counts. */
export const bucketSeconds = 10;

/** The start of the bucket that holds this moment. */
export const bucketStart = (at: Instant): Instant => fromMs(toMs(at) - (toMs(at) % (bucketSeconds * 1000)));

/** Requests that one slot answered in the ten seconds from `start` (on the grid of whole tens). No traffic is a zero, never a gap. */
export type Bucket = { start: Instant; slot: Slot; requests: number; failures: number; p95Ms?: number; p99Ms?: number };

/** An alarm can only guard a release when it is quiet now and would act if it fired. */
export type Alarm = { name: string; state: 'ok' | 'alarm' | 'insufficient-data'; acts: boolean };

/** An alarm of CloudWatch that fires. `since`: the moment of its change, the same that the event of it tells. */
export type FiringAlarm = { name: string; since: Instant; says: string; labels: Readonly<Record<string, string>> };
