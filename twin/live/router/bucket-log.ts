import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { Instant } from '../../../lib/contracts/instant.ts';
import { Slot } from '../../../lib/contracts/names.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';

const Line = v.object({
  start: Instant,
  slot: Slot,
  requests: v.number(),
  failures: v.number(),
  p95Ms: v.number(),
  p99Ms: v.number(),
});

/** Closed buckets, one line each, so that a restarted router still knows what was answered before. */
export const appendBuckets = async (path: string, buckets: readonly Bucket[]): Promise<void> => {
  if (buckets.length === 0) return;
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, buckets.map((bucket) => `${JSON.stringify(bucket)}\n`).join(''), { mode: 0o600 });
};

/** A line that the end of its writer cut short is left out: it was never a whole bucket. */
export const readBuckets = async (path: string): Promise<Bucket[]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Line), line);
    return parsed.success ? [parsed.output] : [];
  });
};
