import { createHash } from 'node:crypto';
import type { DrillId } from '../../contracts/drill.ts';

const hexDigits = 13;

/** A number from 0 up to, not including, 1. The same drill always draws the same, so a repeated step chooses the same backup. */
export const drawFor = (drill: DrillId): number => {
  const hash = createHash('sha256').update(drill).digest('hex').slice(0, hexDigits);
  return Number.parseInt(hash, 16) / 16 ** hexDigits;
};
