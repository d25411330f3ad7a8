import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { ServiceName } from '../../lib/contracts/names.ts';
import type { Needs } from '../../lib/ports/index.ts';

const perRead = 500;

/** All facts of the service after `afterSequence`, oldest first. From 0 it is the whole chain, and only that can be verified. */
export const readChain = async (
  { ledger }: Needs<'ledger'>,
  service: ServiceName,
  afterSequence = 0,
): Promise<LedgerEntry[]> => {
  const chain: LedgerEntry[] = [];
  for (;;) {
    const entries = await ledger.read(service, chain.at(-1)?.sequence ?? afterSequence, perRead);
    chain.push(...entries);
    if (entries.length < perRead) return chain;
  }
};
