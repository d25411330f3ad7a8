import type { FailoverOutcome } from '../../contracts/failover.ts';
import { canonicalHash } from '../canonical/canonical.ts';

/** SHA-256, in hexadecimal, over the canonical JSON of the outcome and the name of its run. What is signed. */
export const textToSign = (name: string, outcome: FailoverOutcome): string => canonicalHash({ name, outcome });
