import type { Decision } from '../../contracts/incident.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Answer, RemedyWish } from '../../contracts/remedy.ts';
import { chainOf } from './chain-of.ts';
import type { Go } from './go-of.ts';

type Guarding = { incident: string; wish: RemedyWish; rung: number; answer: Answer | null };

/** The decision with every guard's word. Asked again after an answer it is another decision. */
export const decidedFact = (
  { incident, wish, rung, answer }: Guarding,
  { verdict, guards }: Decision,
  { go }: Go,
): Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'> => ({
  service: chainOf(wish.change),
  key: `${incident}-${rung}/decided${answer ? '-again' : ''}`,
  kind: 'remedy-decided',
  says: `${incident}, rung ${rung}: ${verdict}, so ${words[go]}. ${guards.map((one) => `${one.guard} ${one.verdict} (${one.reason})`).join('; ')}`,
  data: { incident, rung, verdict, go, guards, ...(answer ? { answer } : {}) },
});

const words: Readonly<Record<Go['go'], string>> = {
  act: 'it acts',
  watch: 'it would act, and looks on',
  ask: 'it asks',
  stop: 'it ends',
};
