import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { IncidentEscalated } from '../../lib/contracts/failures.ts';
import { incidentStatuses } from '../../lib/contracts/incident.ts';
import { RemedyEnd, remedyInput } from '../../lib/contracts/remedy.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import { type CloseNeeds, closeIncident } from '../../lib/runtime/close-incident.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

const Outcome = v.object({ ...remedyInput, end: v.nullable(RemedyEnd), failed: v.nullable(Failed) });

/**
 * Every end of a run. One that broke on its way is given to people: nobody knows what its alarm needs. What is escalated fails the run,
 * after it was recorded and told.
 */
export const recordOutcome = step({
  name: 'RecordOutcome',
  input: Outcome,
  output: v.object({ status: v.picklist(incidentStatuses), reason: v.string() }),
  async run(ports: CloseNeeds, { incident, wish, end, failed }, call) {
    const { status, reason = '' } = await closeIncident(ports, { incident, wish, end: endOf(end, failed) }, call);
    // The one end that needs people: alarms watch for failed executions.
    if (status === 'escalated') throw new IncidentEscalated(`${incident}: ${reason}`, { incident });
    return { status, reason };
  },
});

const endOf = (end: RemedyEnd | null, failed: Failed | null): RemedyEnd => {
  if (end && !failed) return end;
  const reason = failed ? readCause(failed).reason : 'it ended without saying how';
  return { status: 'escalated', reason: reason.slice(0, 1000) };
};

export const handler = lambda(recordOutcome, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
