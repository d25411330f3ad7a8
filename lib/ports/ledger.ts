import type { LedgerEntry, LedgerFact } from '../contracts/ledger.ts';
import type { ServiceName } from '../contracts/names.ts';

/** The hash-chained record of all decisions, one chain per service. */
export interface Ledger {
  /** Adds the fact to its service's chain, or returns the entry that already has its key. */
  append(fact: LedgerFact): Promise<LedgerEntry>;
  /** Oldest first, from `afterSequence` (0 for all). */
  read(service: ServiceName, afterSequence: number, limit: number): Promise<LedgerEntry[]>;
}
