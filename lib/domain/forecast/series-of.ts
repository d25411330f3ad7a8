import { type Instant, plusSeconds, toMs } from '../../contracts/instant.ts';
import type { Bucket } from '../../contracts/signals.ts';
import type { Series } from './forecast.ts';

/** Requests of both slots by whole slots of time from `from`. What was before the first request is left out: nobody was there. */
export const seriesOf = (
  buckets: readonly Pick<Bucket, 'start' | 'requests'>[],
  { from, to, slotSeconds, season }: { from: Instant; to: Instant; slotSeconds: number; season: number },
): Series => {
  const slots = Math.floor((toMs(to) - toMs(from)) / 1000 / slotSeconds);
  const counts = Array.from({ length: slots }, () => 0);
  for (const { start, requests } of buckets) {
    const slot = Math.floor((toMs(start) - toMs(from)) / 1000 / slotSeconds);
    if (slot >= 0 && slot < slots) counts[slot] = (counts[slot] ?? 0) + requests;
  }
  const empty = counts.findIndex((count) => count > 0);
  // The slot in which it began is not whole.
  const begin = empty <= 0 ? 0 : empty + 1;
  return {
    from: plusSeconds(from, begin * slotSeconds),
    slotSeconds,
    season,
    counts: empty < 0 ? [] : counts.slice(begin),
  };
};
