import type { LedgerFact } from '../contracts/ledger.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says'> & { data?: Record<string, unknown> };

/** Writes a decision or effect to its service's ledger. Safe to repeat: the key decides. */
export const record = async (ports: Needs<'ledger' | 'clock'>, call: Pick<Call, 'run'>, fact: Fact): Promise<void> => {
  await ports.ledger.append({ ...fact, at: ports.clock.now(), run: call.run, data: fact.data ?? {} });
};
