import { createHash } from 'node:crypto';
import type { FailoverOutcome } from '../../contracts/failover.ts';

/** SHA-256, in hexadecimal, of the outcome as JSON with its fields in the order of the contract. What is signed. */
export const textToSign = (name: string, outcome: FailoverOutcome): string => {
  const { status, reason, rtoSeconds, rpoSeconds, absent, failBack } = outcome;
  const text = JSON.stringify([name, status, reason, rtoSeconds, rpoSeconds, absent, failBack]);
  return createHash('sha256').update(text).digest('hex');
};
