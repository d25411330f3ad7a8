import type { LedgerEntry } from '../../../lib/contracts/ledger.ts';
import type { ServiceName } from '../../../lib/contracts/names.ts';
import { chainEntry } from '../../../lib/domain/ledger/chain.ts';
import type { Ledger } from '../../../lib/ports/ledger.ts';

export type Chains = Map<ServiceName, LedgerEntry[]>;

export const modelLedger = (chains: Chains): Ledger => {
  const chainOf = (service: ServiceName): LedgerEntry[] => {
    const chain = chains.get(service) ?? [];
    chains.set(service, chain);
    return chain;
  };
  return {
    async append(fact) {
      const chain = chainOf(fact.service);
      const kept = chain.find(({ key }) => key === fact.key);
      if (kept) return kept;
      const entry = chainEntry(fact, chain.at(-1));
      chain.push(entry);
      return entry;
    },
    read: async (service, afterSequence, limit) =>
      chainOf(service)
        .filter(({ sequence }) => sequence > afterSequence)
        .slice(0, limit),
  };
};
