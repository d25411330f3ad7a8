import { fromMs } from '../../lib/contracts/instant.ts';
import { fromCloudWatch } from '../../lib/domain/remediation/from-cloudwatch.ts';
import { incidentIdOf } from '../../lib/domain/remediation/incident-id.ts';
import { playbookFor } from '../../lib/domain/remediation/playbook-for.ts';
import { modelCatalog } from '../model/catalog.ts';
import { type ModelTwin, modelStartMs } from '../model/model-twin.ts';
import { modelRemediation } from '../model/remediation-section.ts';
import { prepareRecovery } from './recovery-stories.ts';
import { prepareReleases, service, versions } from './release-stories.ts';
import type { Act, Story } from './story.ts';

const about = 'remediation' as const;
const polls = ['ObserveHelp', 'AwaitApproval'];
/** A fresh one for each run: a story may freeze it. */
export const remediationCatalog = () => modelCatalog({}, [], modelRemediation);

/** Nobody deploys here, so users only cost looks. */
export const prepareRemediation = (twin: ModelTwin): void => {
  prepareReleases(twin);
  twin.world.services.get(service).setUsers(0);
  twin.world.edge.distributions.set('E2SHOP', new Set());
};

const hourMs = 3_600_000;

const metric = { namespace: 'Shop', name: 'Restarts', dimensions: { service } };
type Value = 'ALARM' | 'OK';
const detailOf = (alarmName: string, value: Value, atMs: number) => ({
  alarmName,
  state: { value, reason: 'as told', timestamp: fromMs(atMs) },
  configuration: { metrics: [{ metricStat: { metric } }] },
});

/** The run that answers an alarm of this moment. */
const incidentAt = (alarm: string, atSeconds: number): string => {
  const time = fromMs(modelStartMs + atSeconds * 1000);
  const event = { id: 'x', source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change', time } as const;
  const detail = detailOf(alarm, 'ALARM', modelStartMs + atSeconds * 1000);
  const change = fromCloudWatch({ ...event, detail }, remediationCatalog());
  const playbook = playbookFor(change, modelRemediation.playbooks);
  if (!playbook) throw new Error(`the model has no playbook for ${alarm}`);
  return incidentIdOf(change, playbook);
};

const tell = (atSeconds: number, alarm: string, value: Value): Act => ({
  atSeconds,
  what: value === 'ALARM' ? `the alarm ${alarm} fires` : `the alarm ${alarm} is over`,
  act(twin) {
    twin.world.alarms.set(alarm, { name: alarm, state: value === 'ALARM' ? 'alarm' : 'ok', acts: true });
    const detail = detailOf(alarm, value, twin.clock.now());
    twin.publish({ source: 'aws.cloudwatch', type: 'CloudWatch Alarm State Change', detail });
  },
});

const answer = (atSeconds: number, incident: string): Act => ({
  atSeconds,
  what: `alice lets ${incident} act, once she is asked`,
  act(twin) {
    const detail = { incident, rung: 0, answer: 'approve', answeredBy: 'alice' };
    if (twin.world.incidents.incidents.get(incident)?.status === 'asking')
      twin.publish({ source: 'evenkeel', type: 'RemedyAnswered', detail });
    else if (twin.clock.now() < modelStartMs + hourMs)
      twin.clock.at(twin.clock.now() + 60_000, () => answer(0, incident).act(twin));
  },
});

const acknowledge = (atSeconds: number, incident: string): Act => ({
  atSeconds,
  what: `alice takes ${incident}, once she is called`,
  act(twin) {
    const detail = { incident, acknowledgedBy: 'alice' };
    if (twin.world.called.has(`${incident}/0`)) twin.publish({ source: 'evenkeel', type: 'AlarmAcknowledged', detail });
    else if (twin.clock.now() < modelStartMs + 3 * hourMs)
      twin.clock.at(twin.clock.now() + 60_000, () => acknowledge(0, incident).act(twin));
  },
});

const freeze = (atSeconds: number): Act => ({
  atSeconds,
  what: 'a freeze begins',
  act({ world, clock }) {
    const until = fromMs(clock.now() + 86_400_000);
    world.catalog.freezes.push({ from: fromMs(clock.now()), to: until, reason: 'the sale' });
  },
});

/** The release before it is known to be good, so there is a way back. */
const promoteV2: Act = {
  atSeconds: 0,
  what: 'v2 was promoted an hour ago',
  act({ world, clock }) {
    const [plannedAt, since] = [clock.now() - 2 * hourMs, clock.now() - hourMs].map(fromMs) as [string, string];
    const [adopted] = world.records.byId.values();
    if (!adopted) throw new Error('nothing runs before the story begins');
    const live = { releaseId: 'shop-r1', slot: 'green', digest: versions.v2.digest } as const;
    const { slot, digest, releaseId } = adopted;
    world.records.byId.set(releaseId, { ...adopted, plannedAt: fromMs(clock.now() - 3 * hourMs) });
    world.records.byId.set('shop-r1', {
      ...{ ...adopted, ...live, plannedAt, endedAt: since },
      undo: { slot, digest, releaseId },
    });
    world.records.live.set(service, { ...live, since });
    const shop = world.services.get(service);
    shop.adopt('green', live.digest, 4);
    shop.shift({ blue: 0, green: 100 });
    shop.retire('blue');
  },
};

const keepBackups: Act = { atSeconds: 0, what: 'there are backups', act: prepareRecovery };

/** What is started fails in stories of its own. */
const ofRollback = [
  'ChooseTarget',
  'TakeOverLease',
  'FillSlot',
  'CheckRollout',
  'SmokeTest',
  'UndoTraffic',
  'VerifyUndo',
  'RestoreLive',
  'RetireSlot',
];
const ofDrill = [
  'ChooseBackup',
  'ArmRemovers',
  'ReadProduction',
  'StartRestore',
  'CheckRestore',
  'ProbeRestore',
  'DamageCopy',
  'VerifyContent',
  'RemoveCopy',
  'ObserveAbsence',
  'RecordEvidence',
  'RemovalDue',
  'triggerRemovalDue',
];

const [crashing, slow, leaking] = ['shop-crashing', 'shop-slow', 'shop-leaking'];
const [regressed, unproven, full, stale] = ['shop-regressed', 'shop-unproven', 'shop-full', 'shop-stale'];
const fires = (alarm: string) => tell(1, alarm, 'ALARM');
const first = Object.fromEntries(
  [crashing, slow, leaking, regressed, unproven, full, stale].map((name) => [name, incidentAt(name, 1)]),
);

export const remediationStories: readonly Story[] = [
  {
    name: 'alarm-healed',
    about,
    polls,
    acts: [fires(crashing), tell(20, crashing, 'OK')],
    ends: { [first[crashing] as string]: 'resolved' },
  },
  { name: 'alarm-helpless', about, polls, acts: [fires(crashing)], ends: { [first[crashing] as string]: 'escalated' } },
  {
    name: 'alarm-acknowledged',
    about,
    polls,
    // Nobody answers the question, so it is given to people.
    acts: [fires(slow), acknowledge(3660, first[slow] as string)],
    ends: { [first[slow] as string]: 'escalated' },
  },
  {
    name: 'alarm-in-freeze',
    about,
    polls,
    acts: [freeze(0), fires(crashing)],
    ends: { [first[crashing] as string]: 'denied' },
  },
  {
    name: 'alarm-approved',
    about,
    polls,
    acts: [fires(slow), answer(120, first[slow] as string), tell(140, slow, 'OK')],
    ends: { [first[slow] as string]: 'resolved' },
  },
  {
    name: 'alarm-recycles-and-scales',
    about,
    polls,
    acts: [fires(leaking), tell(100, leaking, 'OK')],
    ends: { [first[leaking] as string]: 'resolved' },
  },
  {
    name: 'alarm-undoes-release',
    about,
    polls,
    beside: ofRollback,
    acts: [promoteV2, fires(regressed), tell(90, regressed, 'OK')],
    ends: { [first[regressed] as string]: 'resolved' },
  },
  {
    name: 'alarm-tests-restore',
    about,
    polls,
    beside: ofDrill,
    acts: [keepBackups, fires(unproven), tell(90, unproven, 'OK')],
    ends: { [first[unproven] as string]: 'resolved' },
  },
  {
    name: 'alarm-about-database',
    about,
    polls,
    acts: [fires(full), tell(110, full, 'OK')],
    ends: { [first[full] as string]: 'resolved' },
  },
  {
    name: 'alarm-about-edge',
    about,
    polls,
    acts: [fires(stale), tell(20, stale, 'OK')],
    ends: { [first[stale] as string]: 'resolved' },
  },
];

export const nextAlarm = 'shop-odd';

/** Looked at when a story is over: another alarm, which somebody must still be able to answer. */
export const nextRemediation = {
  ends: {},
  act(twin: ModelTwin): void {
    twin.world.catalog.freezes.length = 0;
    twin.world.incidents.breakers.clear();
    tell(0, nextAlarm, 'ALARM').act(twin);
  },
};
