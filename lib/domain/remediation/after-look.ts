import type { Attempt, Help } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Observation, RemedyEnd, RemedyWish } from '../../contracts/remedy.ts';
import type { Failed } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';
import { chainOf } from './chain-of.ts';
import { judgeHelp } from './judge-help.ts';
import { nextLook } from './ladder.ts';
import { rungOf } from './rung-of.ts';

type Looked = {
  wish: RemedyWish;
  attempt: Attempt;
  impossible: Failed | null;
  observations: Observation[];
  lookAt: Instant;
};
type After = {
  help?: Help;
  says: string;
  lookAt: Instant;
  rung: number;
  next: 'look' | 'rung' | 'end';
  end: RemedyEnd | null;
};

/**
 * Where to go after a look. Rule: without an answer it looks again; what helped is the end; else the next rung, and after the last one
 * people. In shadow there is no next rung: what was to be learnt is what becomes of the alarm by itself.
 */
export const afterLook = (looked: Looked): After => {
  const { wish, attempt, impossible, observations, lookAt } = looked;
  const { playbook } = wish;
  const help = impossible ? 'neutral' : judgeHelp(observations, rungOf(wish, attempt.rung).rung);
  const stay = { lookAt: nextLook(playbook, attempt.rung, lookAt), rung: attempt.rung, end: null };
  if (!help) return { ...stay, says: 'not known yet', next: 'look' };
  const says = saysOf(looked, help);
  if (help === 'helped') return { ...stay, help, says, next: 'end', end: { status: 'resolved', reason: says } };
  if (attempt.shadow) return { ...stay, help, says, next: 'end', end: { status: 'denied', reason: says } };
  const rung = attempt.rung + 1;
  if (rung < playbook.rungs.length) return { ...stay, help, says, rung, next: 'rung' };
  return { ...stay, help, says, next: 'end', end: { status: 'escalated', reason: `no rung is left; ${says}` } };
};

const saysOf = ({ attempt, impossible, observations }: Looked, help: Help): string => {
  const subject = attempt.shadow ? 'by itself, in shadow,' : attempt.act.kind;
  if (impossible) return `${attempt.act.kind} could not be done: ${readCause(impossible).reason}`.slice(0, 1000);
  const good = observations.filter(({ success }) => success === true).length;
  return `${subject} ${words[help]}: ${good} of ${observations.length} looks were good`;
};

const words: Readonly<Record<Help, string>> = { helped: 'helped', neutral: 'did not help', harmed: 'made it worse' };

export const helpFact = (
  { wish, attempt }: Pick<Looked, 'wish' | 'attempt'>,
  help: Help,
  says: string,
): Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'> => ({
  service: chainOf(wish.change),
  key: `${attempt.id}/help`,
  kind: 'remedy-judged',
  says: `${attempt.incident}, rung ${attempt.rung}: ${says}`,
  data: { attempt: attempt.id, help, shadow: attempt.shadow },
});
