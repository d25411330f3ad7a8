import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { RemedyWish } from '../../lib/contracts/remedy.ts';
import { type CloseNeeds, closeIncident } from '../../lib/runtime/close-incident.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

const how = { ABORTED: 'was stopped', FAILED: 'failed', TIMED_OUT: 'timed out' };

/**
 * A run of the remediation machine was cut off before it recorded its end: the incident is given to people. What its act did is not
 * known, so nothing more is tried.
 */
export const remedyEnded = trigger({
  name: 'RemedyEnded',
  event: RunEnded,
  async run(ports: CloseNeeds, { detail: { name: incident, status, input } }, call) {
    const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), RemedyWish), input);
    if (!wish.success) return;
    const reason = `its run ${how[status]}; whether its last act had an effect is not known`;
    await closeIncident(ports, { incident, wish: wish.output, end: { status: 'escalated', reason } }, call);
  },
});

export const handler = lambda(remedyEnded, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
