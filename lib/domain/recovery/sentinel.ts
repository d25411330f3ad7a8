import { createHash } from 'node:crypto';
import type { Sentinel } from '../../contracts/content.ts';
import type { Instant } from '../../contracts/instant.ts';

const hashOf = (previousHash: string, sequence: number, at: Instant): string =>
  createHash('sha256').update(`${previousHash}|${sequence}|${at}`).digest('hex');

/** The row that follows `previous`. */
export const nextSentinel = (previous: Sentinel | undefined, at: Instant): Sentinel => {
  const sequence = (previous?.sequence ?? 0) + 1;
  return { sequence, at, hash: hashOf(previous?.hash ?? '', sequence, at) };
};

/** The first contradiction after `previous`, in the order of sequence; undefined when each row follows from the one before it. */
export const sentinelProblem = (previous: Sentinel | undefined, rows: readonly Sentinel[]): string | undefined => {
  let last = previous;
  for (const row of rows) {
    const expected = nextSentinel(last, row.at);
    if (row.sequence !== expected.sequence)
      return `sentinel ${expected.sequence} is missing: the next one is ${row.sequence}`;
    if (row.hash !== expected.hash) return `sentinel ${row.sequence} does not follow from the one before it`;
    last = row;
  }
  return undefined;
};
