import * as v from 'valibot';
import { RemedyWish } from '../contracts/remedy.ts';
import type { RunEnd } from '../contracts/run.ts';
import { callsNameOf } from '../domain/on-call/escalation-of.ts';
import { saysHow } from '../domain/reconcile/says-how.ts';
import type { Machines } from '../ports/machines.ts';
import type { Call } from './call.ts';
import { type CloseNeeds, closeIncident } from './close-incident.ts';

export type RemedyEndNeeds = CloseNeeds & { machines: Machines<'escalation'> };

/**
 * A run of the remediation machine did not end well. One that was cut off before it recorded its end gives the incident to people here:
 * what its act did is not known, so nothing more is tried. Whoever gave it to them, they are called from here, by one run for each
 * incident.
 */
export const endRemedy = async (
  ports: RemedyEndNeeds,
  { name: incident, status, input }: RunEnd,
  call: Call,
): Promise<void> => {
  const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), RemedyWish), input);
  if (!wish.success) return;
  const reason = `its run ${saysHow[status]}; whether its last act had an effect is not known`;
  const end = { status: 'escalated', reason } as const;
  const ended = await closeIncident(ports, { incident, wish: wish.output, end }, call);
  if (ended.status === 'escalated') await ports.machines.start('escalation', callsNameOf(ended), { incident });
};
