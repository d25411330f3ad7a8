import type { LedgerEntry } from '../contracts/ledger.ts';
import type { ServiceName } from '../contracts/names.ts';
import type { Needs } from '../ports/index.ts';

const pageSize = 200;

/** The first fact of a chain that fits, behind `begin`. Reads the chain page by page, so it is for rare questions. */
export const findFact = async (
  { ledger }: Needs<'ledger'>,
  chain: ServiceName,
  fits: (entry: LedgerEntry) => boolean,
  begin = 0,
): Promise<LedgerEntry | undefined> => {
  for (let after = begin; ; ) {
    const page = await ledger.read(chain, after, pageSize);
    const found = page.find(fits);
    if (found || page.length < pageSize) return found;
    after = page.at(-1)?.sequence ?? after;
  }
};
