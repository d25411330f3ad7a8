import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { resourceKeyOf } from '../../lib/contracts/alarm.ts';
import { Incident } from '../../lib/contracts/incident.ts';
import { remedyInput } from '../../lib/contracts/remedy.ts';
import { chainOf } from '../../lib/domain/remediation/chain-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** From here on the alarm has an incident on record, which some end must close. */
export const openIncident = step({
  name: 'OpenIncident',
  input: v.object(remedyInput),
  output: Incident,
  async run(ports: Needs<'incidents' | 'ledger' | 'clock'>, { incident, wish: { change, playbook } }, call) {
    const resource = resourceKeyOf(change.resource);
    const opened = await ports.incidents.open({
      id: incident,
      playbook: playbook.name,
      alarm: change,
      resource,
      run: call.run,
      openedAt: ports.clock.now(),
      status: 'open',
    });
    await record(ports, call, {
      service: chainOf(change),
      key: `${incident}/opened`,
      kind: 'incident-opened',
      says: `${change.name} fires on ${resource}; the playbook ${playbook.name} answers it as ${incident}`,
      data: { incident, alarm: change.name, resource, playbook: playbook.name, at: change.at },
    });
    return opened;
  },
});

export const handler = lambda(openIncident, {
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  clock: systemClock,
});
