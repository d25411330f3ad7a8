import type { Damage } from '../../contracts/drill.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import type { RequestId } from '../../contracts/names.ts';

/** The request that a schedule makes, from when it was due: the same tick delivered twice is one request. */
export const requestIdAt = (dueAt: Instant): RequestId =>
  new Date(toMs(dueAt)).toISOString().replaceAll(/[-:]/g, '').slice(0, 13).toLowerCase();

/** Those that can be done to a copy wherever it runs; the others need its files. */
const damagesAnywhere = ['dropped-table', 'wrong-owner', 'stale'] as const satisfies readonly Damage[];

/** The negative control of a month: each kind in its turn. */
export const damageAt = (dueAt: Instant): Damage => {
  const at = new Date(toMs(dueAt));
  const months = at.getUTCFullYear() * 12 + at.getUTCMonth();
  return damagesAnywhere[months % damagesAnywhere.length] as Damage;
};
