import type { ModelTwin } from '../model/model-twin.ts';
import { type Behaviour, behaviours } from '../model/world/behaviour.ts';
import type { Act, Story } from './story.ts';

export const service = 'shop';
const usersPerSecond = 40;
const digestOf = (hexDigit: string) => `sha256:${hexDigit.repeat(64)}`;
/** v1 runs when a story begins; good versions follow it, and one that fails a fifth of its requests. */
export const versions: Readonly<Record<'v1' | 'v2' | 'v3' | 'next' | 'bad', { digest: string; behaviour: Behaviour }>> =
  {
    v1: { digest: digestOf('1'), behaviour: behaviours.good },
    v2: { digest: digestOf('2'), behaviour: behaviours.good },
    v3: { digest: digestOf('3'), behaviour: behaviours.good },
    next: { digest: digestOf('4'), behaviour: behaviours.good },
    bad: { digest: digestOf('b'), behaviour: behaviours.failing(0.2) },
  };
export type VersionName = keyof typeof versions;

export const isGood = (digest: string | undefined): boolean =>
  Object.values(versions).some((version) => version.digest === digest && version.behaviour.errorRate === 0);

/** The state of the world before any act. */
export const prepareReleases = ({ world }: ModelTwin): void => {
  for (const { digest, behaviour } of Object.values(versions)) world.publish(digest, behaviour);
  world.adopt(service, versions.v1.digest, 4);
  world.services.get(service).setUsers(usersPerSecond);
};

export const deploy = (atSeconds: number, version: VersionName, requestId: string): Act => ({
  atSeconds,
  what: `CI asks for ${version} as ${requestId}`,
  act: (twin) =>
    twin.publish({
      source: 'evenkeel',
      type: 'DeployRequested',
      detail: { service, digest: versions[version].digest, requestedBy: 'ci', requestId },
    }),
});

/** Asked for when a story is over and its alarm was answered: if anything is stuck, it does not get through. */
export const nextRelease = {
  ends: { [`${service}-next`]: 'promoted' },
  act(twin: ModelTwin): void {
    twin.world.alarms.set('shop-errors', { name: 'shop-errors', state: 'ok', acts: true });
    deploy(0, 'next', 'next').act(twin);
  },
};

const rollBack = (atSeconds: number): Act => ({
  atSeconds,
  what: 'a person asks for the last good release',
  act: (twin) =>
    twin.publish({
      source: 'evenkeel',
      type: 'RollbackRequested',
      detail: { service, requestedBy: 'alice', requestId: 'back', reason: 'customers complain' },
    }),
});

export const stop = (atSeconds: number, requestId: string): Act => ({
  atSeconds,
  what: `somebody stops the run of ${requestId}`,
  act({ engine, machineArn, runs }) {
    const run = `${machineArn('deployment').replace(':stateMachine:', ':execution:')}:${service}-${requestId}`;
    if (runs.get(run)?.status === 'RUNNING') void engine.stopExecution(run);
  },
});

const alarm = (atSeconds: number): Act => ({
  atSeconds,
  what: 'an alarm that guards the service fires',
  act({ world, publish }) {
    world.alarms.set('shop-errors', { name: 'shop-errors', state: 'alarm', acts: true });
    const detail = { alarmName: 'shop-errors', state: { value: 'ALARM' } };
    publish({ source: 'aws.cloudwatch', type: 'CloudWatch Alarm State Change', detail });
  },
});

const about = 'releases' as const;

export const releaseStories: readonly Story[] = [
  { name: 'good-release', about, acts: [deploy(1, 'v2', 'r1')], ends: { 'shop-r1': 'promoted' } },
  {
    name: 'bad-release',
    about,
    acts: [deploy(1, 'bad', 'r1'), deploy(600, 'bad', 'again')],
    ends: { 'shop-r1': 'undone', 'shop-again': 'rejected' },
  },
  {
    name: 'rollback-during-release',
    about,
    acts: [deploy(1, 'v2', 'r1'), rollBack(35)],
    ends: { 'shop-r1': 'undone' },
  },
  {
    name: 'rollback-after-release',
    about,
    acts: [deploy(1, 'v2', 'r1'), rollBack(600)],
    ends: { 'shop-r1': 'promoted' },
  },
  { name: 'stopped-release', about, acts: [deploy(1, 'v2', 'r1'), stop(35, 'r1')], ends: { 'shop-r1': 'undone' } },
  { name: 'alarm-during-release', about, acts: [deploy(1, 'v2', 'r1'), alarm(35)], ends: { 'shop-r1': 'undone' } },
  {
    name: 'two-releases',
    about,
    acts: [deploy(1, 'v2', 'r1'), deploy(64, 'v3', 'r2')],
    ends: { 'shop-r1': 'promoted', 'shop-r2': 'rejected' },
  },
];
