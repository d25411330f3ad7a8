import type { FailoverMode } from '../../lib/contracts/failover.ts';
import { failoverNameOf } from '../../lib/contracts/failover.ts';
import type { Region } from '../model/failover/region.ts';
import type { ModelTwin } from '../model/model-twin.ts';
import { database, prepareRecovery } from './recovery-stories.ts';
import { prepareReleases, service } from './release-stories.ts';
import type { Act, Story } from './story.ts';

const reaper = { key: 'triggerReapDue', task: 'ReapDue' };
/** Longer than a copy may exist, and some of the reaper's rounds. */
const afterRemovalSeconds = 3 * 3600;
const about = 'failover' as const;
const polls = ['CheckWritable', 'CheckCluster', 'VerifyTakeover', 'ObserveAbsence'];
/** As the model's catalog has it. */
export const secondRegion = { records: ['shop.example.com'], drillRecord: 'drill.shop.example.com' } as const;
export const failoverRun = (requestId: string): string => failoverNameOf(database, requestId);

export const regionIn = ({ world }: ModelTwin): Region => {
  const region = world.failover.regions.get(database);
  if (!region) throw new Error(`the model's ${database} has no second region`);
  return region;
};

/** A database with backups and a replica, and a second region that runs fewer pods than users need. */
export const prepareFailover = (twin: ModelTwin): void => {
  prepareReleases(twin);
  prepareRecovery(twin);
  twin.world.services.get(service).setUsers(0);
};

const ask = (atSeconds: number, requestId: string, mode: FailoverMode): Act => ({
  atSeconds,
  what: `a person asks for a failover (${mode}) as ${requestId}`,
  act: (twin) =>
    twin.publish({
      source: 'evenkeel',
      type: 'FailoverRequested',
      detail: { database, mode, requestedBy: 'alice', requestId, reason: 'the region does not answer' },
    }),
});

/** Nothing is written from now on, neither by users nor by the schedule. */
const stopSentinels = ({ world, clock }: ModelTwin): void =>
  world.instances.production.get(database)?.leaveSentinelsTo(clock.now());

const loseRegion = (atSeconds: number): Act => ({
  atSeconds,
  what: 'the region is gone',
  act(twin) {
    regionIn(twin).lose();
    stopSentinels(twin);
  },
});

/** Its users see nothing of it any more, but its database answers those who know where it is. */
const loseFront = (atSeconds: number): Act => ({
  atSeconds,
  what: 'the front of the region is gone; its database is not, and a witness does not see that',
  act(twin) {
    regionIn(twin).front = 'down';
    regionIn(twin).lies.set('addresses', 'lost');
    stopSentinels(twin);
  },
});

const regionReturns = (atSeconds: number): Act => ({
  atSeconds,
  what: 'the region answers again, and knows nothing of what was done',
  act: (twin) => regionIn(twin).comeBack(),
});

const witnessSays = (atSeconds: number, saw: 'answers' | 'unknown'): Act => ({
  atSeconds,
  what: `one witness says ${saw}`,
  act: (twin) => void regionIn(twin).lies.set('health-check', saw),
});

const followReaper: Act = {
  atSeconds: 0,
  what: 'the reaper looks around',
  act: (twin) => twin.follow(reaper.key, afterRemovalSeconds),
};

/** Asked for when a story is over and people have failed back: whatever is left behind keeps it from ending well. */
export const nextFailover = {
  ends: { [failoverRun('next')]: 'drilled' },
  act(twin: ModelTwin): void {
    twin.world.failover.names.reset();
    regionIn(twin).rebuild();
    ask(0, 'next', 'drill').act(twin);
  },
};

export const failoverStories: readonly Story[] = [
  {
    name: 'failover',
    about,
    polls,
    acts: [loseRegion(1), ask(120, 'f1', 'real'), regionReturns(1800)],
    ends: { [failoverRun('f1')]: 'moved' },
  },
  {
    name: 'failover-fenced',
    about,
    polls,
    acts: [loseFront(1), ask(120, 'f1', 'real'), regionReturns(1800)],
    ends: { [failoverRun('f1')]: 'moved' },
  },
  {
    name: 'failover-refused',
    about,
    polls,
    acts: [loseRegion(1), witnessSays(2, 'answers'), ask(120, 'f1', 'real')],
    ends: { [failoverRun('f1')]: 'refused' },
  },
  {
    name: 'failover-unknown',
    about,
    polls,
    acts: [loseRegion(1), witnessSays(2, 'unknown'), ask(120, 'f1', 'real')],
    ends: { [failoverRun('f1')]: 'refused' },
  },
  {
    name: 'failover-drill',
    about,
    polls,
    onlyDrills: true,
    beside: [reaper.task],
    acts: [followReaper, ask(1, 'f1', 'drill')],
    ends: { [failoverRun('f1')]: 'drilled' },
  },
];
