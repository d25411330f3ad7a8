import type { Action } from '../../contracts/action.ts';
import type { Decision, GuardName } from '../../contracts/incident.ts';
import type { Playbook } from '../../contracts/playbook.ts';
import type { Answer, RemedyEnd } from '../../contracts/remedy.ts';
import { actorOf } from './actor-of.ts';

/** What comes next: the act; the same in shadow; a question; or the end. */
export type Go = { go: 'act' | 'watch' | 'ask' | 'stop'; end: RemedyEnd | null };

type Deciding = { decision: Decision; act: Action; mode: Playbook['mode']; answer: Answer | null };

/**
 * Rule: a page needs no guard, because telling people harms nothing. What a guard denies no answer allows; and what is asked counts
 * as denied until somebody says yes. In shadow nobody is asked, because nothing is done.
 */
export const goOf = ({ decision, act, mode, answer }: Deciding): Go => {
  const { verdict } = decision;
  if (act.kind === 'page') return stop({ status: 'escalated', reason: 'its playbook gives it to a person' });
  if (actorOf(act.kind) === 'nobody')
    return stop({ status: 'escalated', reason: `no machine carries out ${act.kind}: a person must` });
  if (verdict === 'deny') return stop(endOfDenial(decision));
  if (mode === 'shadow') return { go: 'watch', end: null };
  if (answer && answer.answer !== 'approve') return stop(endOfAnswer(answer, decision));
  return { go: verdict === 'allow' || answer ? 'act' : 'ask', end: null };
};

const stop = (end: RemedyEnd): Go => ({ go: 'stop', end });

const endOfAnswer = ({ answer, by }: Answer, decision: Decision): RemedyEnd =>
  answer === 'refuse'
    ? { status: 'denied', reason: `${by} said no` }
    : { status: 'escalated', reason: `denied, because nobody answered in time: ${reasonsOf(decision, 'ask')}` };

/** Our own doing goes before all else: an alarm of that is not a new one. Attempts that are used up open the breaker. */
const endOfDenial = (decision: Decision): RemedyEnd => {
  const reason = reasonsOf(decision, 'deny');
  const denies = (name: GuardName) =>
    decision.guards.some(({ guard, verdict }) => guard === name && verdict === 'deny');
  if (denies('breaker')) return { status: denies('own-doing') ? 'linked' : 'denied', reason, breaker: 'open' };
  if (denies('own-doing')) return { status: 'linked', reason, breaker: 'opens' };
  if (denies('attempts')) return { status: 'escalated', reason, breaker: 'opens' };
  return { status: 'denied', reason };
};

const reasonsOf = ({ guards }: Decision, wanted: 'ask' | 'deny'): string =>
  guards
    .filter(({ verdict }) => verdict === wanted)
    .map(({ guard, reason }) => `${guard}: ${reason}`)
    .join('; ');
