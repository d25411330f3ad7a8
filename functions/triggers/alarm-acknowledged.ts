import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { pagerDuty } from '../../lib/adapters/pagerduty/pager.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { AlarmAcknowledged } from '../../lib/contracts/events.ts';
import type { Incident } from '../../lib/contracts/incident.ts';
import type { RemediationSection } from '../../lib/contracts/remediation-policy.ts';
import type { Acknowledgement } from '../../lib/contracts/remedy.ts';
import { acknowledgedFact, notAcknowledgedFact, whyNotAcknowledged } from '../../lib/domain/on-call/acknowledgement.ts';
import { callsOf, escalationOf } from '../../lib/domain/on-call/escalation-of.ts';
import { chainOf } from '../../lib/domain/remediation/chain-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

type AckNeeds = Needs<'catalogs' | 'incidents' | 'pager' | 'ledger' | 'clock'>;

/**
 * A person looks after an incident: nobody else is called for it. The word of somebody who may not be called for it is on record, and counts
 * for nothing.
 */
export const alarmAcknowledged = trigger({
  name: 'AlarmAcknowledged',
  event: AlarmAcknowledged,
  async run(ports: AckNeeds, { detail }, call) {
    const { remediation } = await ports.catalogs.current();
    const incident = await ports.incidents.find(detail.incident);
    const problem = whyNotAcknowledged(detail, incident, remediation);
    if (incident && problem === undefined) return take(ports, incident, detail, remediation, call);
    const service = incident ? chainOf(incident.alarm) : controlPlane;
    await record(ports, call, { service, ...notAcknowledgedFact(detail, problem ?? 'it is not known') });
  },
});

/** On record first: a call that is made in this moment looks there again. */
const take = async (
  ports: AckNeeds,
  { id, playbook, alarm }: Incident,
  { acknowledgedBy }: Acknowledgement,
  section: RemediationSection | undefined,
  call: Call,
): Promise<void> => {
  const kept = await ports.incidents.acknowledge(id, acknowledgedBy, ports.clock.now());
  const { acknowledgedBy: by = acknowledgedBy, acknowledgedAt: at = ports.clock.now() } = kept;
  const steps = escalationOf(playbook, section) ?? [];
  await forEachOf(
    [
      () =>
        record(ports, call, { service: chainOf(alarm), ...acknowledgedFact({ incident: id, acknowledgedBy: by }, at) }),
      ...callsOf(id, steps).map((one) => () => ports.pager.acknowledge(one)),
    ],
    (work) => work(),
  );
};

export const handler = lambda(alarmAcknowledged, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  pager: pagerDuty,
  ledger: dynamoLedger,
  clock: systemClock,
});
