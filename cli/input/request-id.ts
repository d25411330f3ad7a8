import type { Instant } from '../../lib/contracts/instant.ts';
import type { RequestId } from '../../lib/contracts/names.ts';

/** `20260501-100000-3fa9`: sorts by time, and a person can say it aloud. */
export const newRequestId = (now: Instant, random: string): RequestId => {
  const [day = '', time = ''] = now.replaceAll(/[-:]/g, '').split('T');
  return `${day}-${time.slice(0, 6)}-${random}`;
};
