import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BreakerCloseRequested } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

/** A person says why playbooks may act on a resource again. The reason is on record before they may. */
export const breakerCloseRequested = trigger({
  name: 'BreakerCloseRequested',
  event: BreakerCloseRequested,
  async run(ports: Needs<'incidents' | 'ledger' | 'clock'>, { detail }, call) {
    const { resource, requestedBy, reason } = detail;
    const breaker = await ports.incidents.breaker(resource);
    if (!breaker) return;
    await record(ports, call, {
      service: controlPlane,
      key: `breaker-closed/${resource}/${breaker.openedAt}`,
      kind: 'breaker-closed',
      says: `${requestedBy} closes the breaker of ${resource}, open since ${breaker.openedAt}: ${reason}`,
      data: { resource, by: requestedBy, reason, openedAt: breaker.openedAt },
    });
    await ports.incidents.closeBreaker(resource);
  },
});

export const handler = lambda(breakerCloseRequested, {
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  clock: systemClock,
});
