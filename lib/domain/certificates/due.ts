import { createHash } from 'node:crypto';
import type { CertificateCheckWish } from '../../contracts/certificate.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import { requestIdAt } from '../recovery/due.ts';

const us = 'evenkeel';

/** What a schedule asks for. In the first hour of a month the endpoints that must go red are asked too, where there are any. */
export const dueCheck = (dueAt: Instant, hasControls: boolean): CertificateCheckWish => {
  const at = new Date(toMs(dueAt));
  const isFirst = at.getUTCDate() === 1 && at.getUTCHours() === 0;
  return { requestedBy: us, requestId: requestIdAt(dueAt), controls: hasControls && isFirst };
};

/** What an event of ACM asks for. The same event delivered twice is one request. */
export const checkAfter = (eventId: string): CertificateCheckWish => ({
  requestedBy: us,
  requestId: `acm-${createHash('sha256').update(eventId).digest('hex').slice(0, 24)}`,
  controls: false,
});
