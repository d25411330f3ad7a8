import type { LedgerEntry, LedgerFact } from '../../contracts/ledger.ts';
import { canonicalHash } from '../canonical/canonical.ts';

/** What the first entry of every chain points back to. */
export const genesisHash = '0'.repeat(64);

type Link = Pick<LedgerEntry, 'sequence' | 'hash'>;

const hashOf = (entry: Omit<LedgerEntry, 'hash'>): string => canonicalHash(entry);

/** The fact as the next entry after `previous`. */
export const chainEntry = (fact: LedgerFact, previous: Link | undefined): LedgerEntry => {
  const entry = { ...fact, sequence: (previous?.sequence ?? 0) + 1, previousHash: previous?.hash ?? genesisHash };
  return { ...entry, hash: hashOf(entry) };
};

/** Entries of one service from the first on. Any changed, missing, added or reordered entry is found. */
export const verifyChain = (
  entries: readonly LedgerEntry[],
): { ok: true } | { ok: false; sequence: number; reason: string } => {
  let previous: Link = { sequence: 0, hash: genesisHash };
  for (const { hash, ...entry } of entries) {
    const reason = breakIn(entry, hash, previous);
    if (reason) return { ok: false, sequence: entry.sequence, reason };
    previous = { sequence: entry.sequence, hash };
  }
  return { ok: true };
};

const breakIn = (entry: Omit<LedgerEntry, 'hash'>, hash: string, previous: Link): string | undefined => {
  if (entry.sequence !== previous.sequence + 1) return `expected entry ${previous.sequence + 1}`;
  if (entry.previousHash !== previous.hash) return 'does not point to the entry before it';
  return hashOf(entry) === hash ? undefined : 'its content does not match its hash';
};
