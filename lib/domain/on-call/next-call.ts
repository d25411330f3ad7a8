import type { Incident } from '../../contracts/incident.ts';
import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { Escalation, Rota } from '../../contracts/on-call.ts';
import type { PagerCall } from '../../contracts/pager.ts';
import { chainOf } from '../remediation/chain-of.ts';
import { callsOf } from './escalation-of.ts';
import { onTurn } from './on-turn.ts';

export type CallFacts = {
  incident: Incident;
  steps: Escalation;
  rotas: Readonly<Record<string, Rota>>;
  /** The step that is due. */
  step: number;
  /** The alarm is known to be over. */
  over: boolean;
};

/** `until`: when the next is called; null when there is none. */
export type NextCall =
  | { kind: 'stop'; end: 'acknowledged' | 'over' | 'all-called' }
  | { kind: 'call'; call: PagerCall; until: Instant | null };

/** Times count from the end that gave the incident to people, so that a run that starts late, or again, calls the same people. */
export const dueAt = ({ endedAt, openedAt }: Incident, afterSeconds: number): Instant =>
  plusSeconds(endedAt ?? openedAt, afterSeconds);

/**
 * Who is called now, if anybody. Rule: an acknowledgement stops it, and so does an alarm that is over once somebody was called; that nobody
 * knows whether it is over stops nothing.
 */
export const nextCall = ({ incident, steps, rotas, step, over }: CallFacts): NextCall => {
  if (incident.acknowledgedAt !== undefined) return { kind: 'stop', end: 'acknowledged' };
  if (over && step > 0) return { kind: 'stop', end: 'over' };
  const [due, next] = [steps[step], steps[step + 1]];
  const call = callsOf(incident.id, steps)[step];
  if (!due || !call) return { kind: 'stop', end: 'all-called' };
  const at = dueAt(incident, due.afterSeconds);
  const rota = rotas[due.rota];
  const person = rota ? onTurn(rota, at) : due.rota;
  const until = next ? dueAt(incident, next.afterSeconds) : null;
  const { id, resource, alarm, reason } = incident;
  const then = until ? `Nobody by ${until} means that ${next?.rota} is called.` : 'Nobody else is called.';
  return {
    kind: 'call',
    until,
    call: {
      ...call,
      person,
      resource,
      service: chainOf(alarm),
      subject: `${resource}: ${id} needs ${person} (${due.rota}, step ${step + 1})`,
      body: `${alarm.name}: ${reason ?? 'no reason is on record'}. Take it: evenkeel acknowledge ${id}. ${then}`,
      at,
    },
  };
};
