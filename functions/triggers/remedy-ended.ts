import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnEscalation } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { RemedyWish } from '../../lib/contracts/remedy.ts';
import { callsNameOf } from '../../lib/domain/on-call/escalation-of.ts';
import type { Machines } from '../../lib/ports/machines.ts';
import { type CloseNeeds, closeIncident } from '../../lib/runtime/close-incident.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

const how = { ABORTED: 'was stopped', FAILED: 'failed', TIMED_OUT: 'timed out' };

type EndedNeeds = CloseNeeds & { machines: Machines<'escalation'> };

/**
 * A run of the remediation machine did not end well. One that was cut off before it recorded its end gives the incident to people here: what
 * its act did is not known, so nothing more is tried. Whoever gave it to them, they are called from here, by one run for each incident.
 */
export const remedyEnded = trigger({
  name: 'RemedyEnded',
  event: RunEnded,
  async run(ports: EndedNeeds, { detail: { name: incident, status, input } }, call) {
    const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), RemedyWish), input);
    if (!wish.success) return;
    const reason = `its run ${how[status]}; whether its last act had an effect is not known`;
    const end = { status: 'escalated', reason } as const;
    const ended = await closeIncident(ports, { incident, wish: wish.output, end }, call);
    if (ended.status === 'escalated') await ports.machines.start('escalation', callsNameOf(ended), { incident });
  },
});

export const handler = lambda(remedyEnded, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  machines: sfnEscalation,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
