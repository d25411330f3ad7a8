import { Failure } from '../contracts/failure.ts';
import type { LedgerFact } from '../contracts/ledger.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says'> & { data?: Record<string, unknown> };

/** Writes a decision or effect to its service's ledger. Safe to repeat: the key decides. */
export const record = async (ports: Needs<'ledger' | 'clock'>, call: Pick<Call, 'run'>, fact: Fact): Promise<void> => {
  await ports.ledger.append({ ...fact, at: ports.clock.now(), run: call.run, data: fact.data ?? {} });
};

/**
 * For steps on the way back, which must not wait for the ledger: tries once. Whoever uses it sees to it that the same
 * fact is written again when traffic is safe.
 */
export const recordIfPossible = async (
  ports: Needs<'ledger' | 'clock'>,
  call: Pick<Call, 'run' | 'log'>,
  fact: Fact,
): Promise<void> => {
  await record(ports, call, fact).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    call.log.error('fact not written yet', { key: fact.key, failure: error.name });
  });
};
