import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { s3Pages } from '../../lib/adapters/s3/pages.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import type { Incident } from '../../lib/contracts/incident.ts';
import { type Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { noticesDue } from '../../lib/domain/on-call/notices.ts';
import { alarmKeyOf } from '../../lib/domain/remediation/same-alarm.ts';
import { renderStatus } from '../../lib/domain/status-page/render.ts';
import { type Disturbance, statusOf } from '../../lib/domain/status-page/status-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { reading } from '../../lib/runtime/reading.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

type StatusNeeds = Needs<'catalogs' | 'incidents' | 'pages' | 'outbox' | 'ledger' | 'clock'>;

const shownSeconds = 7 * 86_400;

/** Every minute, what people outside are to know: the status page as it is now, and each planned window in time, once. */
export const statusDue = trigger({
  name: 'StatusDue',
  event: ScheduleDue,
  async run(ports: StatusNeeds, _, call) {
    const catalog = await ports.catalogs.current();
    const now = ports.clock.now();
    const notices = noticesDue(catalog.remediation?.maintenance ?? [], now);
    await forEachOf(
      [() => publish(ports, catalog, now, call), ...notices.map((notice) => () => ports.outbox.enqueue(notice))],
      (work) => work(),
    );
  },
});

/** What cannot be read is shown as unknown: an old page would say that all is well. */
const publish = async (ports: StatusNeeds, catalog: Catalog, now: Instant, call: Call): Promise<void> => {
  const known = await reading(call, 'the incidents', () => disturbances(ports, now));
  const page = statusOf(catalog, known, now);
  await forEachOf(
    [
      { name: 'status.html', type: 'text/html', content: renderStatus(page) } as const,
      { name: 'status.json', type: 'application/json', content: `${JSON.stringify(page)}\n` } as const,
    ],
    (one) => ports.pages.put(one),
  );
};

const disturbances = async (ports: StatusNeeds, now: Instant): Promise<Disturbance[]> => {
  const known: Disturbance[] = [];
  for (const incident of await ports.incidents.recent(plusSeconds(now, -shownSeconds)))
    known.push({ incident, overAt: await overAt(ports, incident) });
  return known;
};

/** Of what was not seen to help, what its alarm told last since it fired. */
const overAt = async ({ incidents }: StatusNeeds, { status, alarm }: Incident): Promise<Instant | undefined> => {
  if (status === 'resolved') return undefined;
  const changes = await incidents.changes(alarm.name, alarm.at);
  const last = changes.find((change) => alarmKeyOf(change) === alarmKeyOf(alarm));
  return last?.state === 'over' ? last.at : undefined;
};

export const handler = lambda(statusDue, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  pages: s3Pages,
  outbox: dynamoOutbox,
  ledger: dynamoLedger,
  clock: systemClock,
});
