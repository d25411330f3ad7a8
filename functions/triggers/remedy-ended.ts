import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnEscalation } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { endRemedy, type RemedyEndNeeds } from '../../lib/runtime/end-remedy.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A run of the remediation machine was cut off before it recorded its end. When this never comes, the reconciler ends it. */
export const remedyEnded = trigger({
  name: 'RemedyEnded',
  event: RunEnded,
  run: (ports: RemedyEndNeeds, { detail }, call) => endRemedy(ports, detail, call),
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
