import type { Sentinel, SentinelReading } from '../../contracts/content.ts';
import type { Check } from '../../contracts/verdict.ts';

/** Is what was written there when it is read again, at the end of an unbroken chain, and not before what came over? */
export const judgeSentinel = (written: Sentinel, read: SentinelReading, before: Sentinel | null): Check => {
  const check = (verdict: Check['verdict'], reason: string): Check => ({ name: 'sentinel', verdict, reason });
  if (read.broken) return check('unhealthy', `the chain of sentinels is broken: ${read.broken}`);
  if (before && written.sequence < before.sequence)
    return check('unhealthy', `sentinel ${before.sequence} came over, but ${written.sequence} is the newest now`);
  if (read.newest?.hash !== written.hash)
    return check('error', `sentinel ${written.sequence} was written, but ${read.newest?.sequence ?? 'none'} was read`);
  return check('healthy', `sentinel ${written.sequence} was written and read`);
};
