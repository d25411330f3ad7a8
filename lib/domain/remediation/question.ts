import type { Decision } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerEntry, LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { RemedyAnswer, RemedyWish } from '../../contracts/remedy.ts';
import { chainOf } from './chain-of.ts';

/** What is asked: whether this rung may act, in view of what all guards said. */
export type Asking = { incident: string; wish: RemedyWish; rung: number; decision: Decision };

export const askedKeyOf = (incident: string, rung: number): string => `${incident}-${rung}/asked`;
export const answerKeyOf = (incident: string, rung: number): string => `${incident}-${rung}/answered`;

const actOf = ({ wish, rung }: Asking): string => wish.playbook.rungs[rung]?.act.kind ?? 'nothing';
const reasonsOf = ({ guards }: Decision): string =>
  guards
    .filter(({ verdict }) => verdict !== 'allow')
    .map(({ guard, reason }) => `${guard}: ${reason}`)
    .join('; ');

/** The first one stays, and with it the deadline. */
export const question = (asking: Asking, run: string, at: Instant, until: Instant): LedgerFact => ({
  service: chainOf(asking.wish.change),
  key: askedKeyOf(asking.incident, asking.rung),
  kind: 'approval-asked',
  run,
  at,
  says: `May ${actOf(asking)} run for ${asking.incident}? Answer by ${until}. ${reasonsOf(asking.decision)}`,
  data: { incident: asking.incident, rung: asking.rung, act: actOf(asking), until, guards: asking.decision.guards },
});

export const questionMessage = (asking: Asking, { says, data, at }: LedgerEntry): Message => ({
  id: `asked-${asking.incident}-${asking.rung}`,
  service: chainOf(asking.wish.change),
  kind: 'remediation',
  subject: `${asking.incident}: may ${actOf(asking)} run?`,
  body: `${says}\nevenkeel approve ${asking.incident} --rung ${asking.rung} (with --refuse for no). Nobody by ${data.until} means no.`,
  at,
});

type Said = Pick<LedgerFact, 'key' | 'kind' | 'says' | 'data'>;

/** Kept under one key whoever gives it: the first answer stays. */
export const answerFact = ({ incident, rung, answer, answeredBy }: RemedyAnswer, at: Instant): Said => ({
  key: answerKeyOf(incident, rung),
  kind: 'approval-answered',
  says: `${answeredBy} says ${answer} to rung ${rung} of ${incident}`,
  data: { answer, by: answeredBy, at },
});

/** An answer that does not count, and why. */
export const refusedFact = ({ incident, rung, answer, answeredBy }: RemedyAnswer, problem: string): Said => ({
  key: `${incident}-${rung}/not-counted/${answeredBy}`,
  kind: 'approval-not-counted',
  says: `${answeredBy} says ${answer} to rung ${rung} of ${incident}, which does not count: ${problem}`,
  data: { incident, rung, answer, by: answeredBy, problem },
});

/** The deadline's own answer: no. */
export const noAnswer = ({ incident, wish, rung }: Asking, run: string, at: Instant): LedgerFact => ({
  service: chainOf(wish.change),
  key: answerKeyOf(incident, rung),
  kind: 'approval-answered',
  run,
  at,
  says: `Nobody answered for rung ${rung} of ${incident} by its deadline: denied`,
  data: { answer: 'none', by: 'evenkeel', at },
});
