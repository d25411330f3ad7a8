import { type Backup, backupIdOf, snapshotIdOf } from '../../lib/contracts/backup.ts';
import { type Damage, type DrillChoice, type DrillRequest, damages, drillIdOf } from '../../lib/contracts/drill.ts';
import { exportKinds } from '../../lib/contracts/export.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import type { MachineName } from '../../lib/ports/machines.ts';
import type { ModelTwin } from '../model/model-twin.ts';
import { manifestOf } from '../model/world/content.ts';
import type { Act, Story } from './story.ts';

export const database = 'shop-db';
/** Of production: no drill made them, so nobody may remove them, whatever they are called. */
export const strangers = { instance: 'evenkeel-drill-by-hand', snapshot: 'by-hand' };

const hourMs = 3_600_000;
const reaper = { key: 'triggerReapDue', task: 'ReapDue' };
const sentinels = { key: 'triggerSentinelDue', task: 'SentinelDue' };
const removalDue = 'triggerRemovalDue';
/** Longer than a copy may exist (removeAfterSeconds in the model's catalog), and some of the reaper's rounds. */
const afterRemovalSeconds = 2 * 3600;

/** Two complete backups of an instance that has a log, and things that are nobody's of ours. */
export const prepareRecovery = (twin: ModelTwin): void => {
  keepBackup(twin, 'old', 3 * hourMs);
  keepBackup(twin, 'last', hourMs);
  const { instances } = twin.world;
  instances.takeSnapshot(database, strangers.snapshot);
  instances.runProduction(strangers.instance);
};

const keepBackup = ({ world, clock }: ModelTwin, requestId: string, agoMs: number): void => {
  const takenMs = clock.now() - agoMs;
  const id = backupIdOf(database, requestId);
  const manifestAt = (ms: number) => manifestOf(database, world.instances.contentAt(database, ms), fromMs(ms));
  world.instances.keepSnapshot({ id: snapshotIdOf(id), of: database, backup: id, takenMs });
  const backup: Backup = {
    id,
    database,
    instance: database,
    snapshot: snapshotIdOf(id),
    status: 'complete',
    proof: 'unproven',
    startedAt: fromMs(takenMs),
    takenAt: fromMs(takenMs),
    endedAt: fromMs(takenMs + 60_000),
    storageGib: 20,
    bytes: 1_000_000,
    before: manifestAt(takenMs - 1000),
    after: manifestAt(takenMs + 60_000),
  };
  world.backups.set(id, backup);
};

const newest: DrillChoice = { kind: 'newest' };
const lastBackup: DrillChoice = { kind: 'backup', id: backupIdOf(database, 'last') };

const publish = (twin: ModelTwin, type: string, detail: unknown) => twin.publish({ source: 'evenkeel', type, detail });

export const backUp = (atSeconds: number, requestId: string): Act => ({
  atSeconds,
  what: `a person asks for a backup as ${requestId}`,
  act: (twin) => publish(twin, 'BackupRequested', { database, requestedBy: 'alice', requestId }),
});

const drill = (
  atSeconds: number,
  requestId: string,
  { choose = newest, damage }: { choose?: DrillChoice; damage?: Damage } = {},
): Act => ({
  atSeconds,
  what: `a person asks for a drill as ${requestId}`,
  act(twin) {
    const wish: DrillRequest = { database, choose, requestedBy: 'alice', requestId, ...(damage && { damage }) };
    publish(twin, 'DrillRequested', wish);
  },
});

/** The moment between the two backups, while orders still came in. */
const twoHoursBefore = (startMs: number): DrillChoice => ({
  kind: 'point-in-time',
  at: fromMs(startMs - 2 * hourMs),
});

const drillOfMoment = (atSeconds: number, requestId: string): Act => ({
  ...drill(atSeconds, requestId),
  act: (twin) => drill(atSeconds, requestId, { choose: twoHoursBefore(twin.clock.now()) }).act(twin),
});

export const follow = (key: string, forSeconds: number): Act => ({
  atSeconds: 0,
  what: `the schedule of ${key} runs for ${forSeconds} s`,
  act: (twin) => twin.follow(key, forSeconds),
});

export const stop = (atSeconds: number, machine: MachineName): Act => ({
  atSeconds,
  what: `somebody stops the run of ${machine}`,
  act({ engine, machineArn, runs }) {
    for (const { executionArn, stateMachineArn, status } of runs.values())
      if (stateMachineArn === machineArn(machine) && status === 'RUNNING') void engine.stopExecution(executionArn);
  },
});

const leaveBehind: Act = {
  atSeconds: 0,
  what: 'a copy is there of which no record tells',
  act({ world, clock }) {
    const removeBy = fromMs(clock.now() + 60_000);
    world.instances.leaveBehind('evenkeel-drill-shop-db-lost', { drill: 'shop-db-lost', removeBy });
  },
};

const rot: Act = {
  atSeconds: 0,
  what: 'a page of the last backup has rotted',
  act: ({ world }) => world.instances.rot(snapshotIdOf(backupIdOf(database, 'last'))),
};

/** Older than any backup that the model's policy keeps, once there are some of later weeks and months. */
const ancient = { requestId: 'ancient', agoMs: 400 * 24 * hourMs };
const laterDays = [120, 90, 60, 30];

const keepAncient: Act = {
  atSeconds: 0,
  what: 'a backup is there that nobody need keep any more',
  act(twin) {
    keepBackup(twin, ancient.requestId, ancient.agoMs);
    for (const days of laterDays) keepBackup(twin, `of-${days}`, days * 24 * hourMs);
    const { backups, exports } = twin.world;
    const id = backupIdOf(database, ancient.requestId);
    for (const kind of exportKinds) {
      exports.keep(kind, id, twin.clock.now() - ancient.agoMs);
      const made = exports.stored(kind, id);
      const backup = backups.get(id);
      if (made && backup) backups.set(id, { ...backup, [kind]: made });
    }
  },
};

const breakExports: Act = {
  atSeconds: 0,
  what: 'no export can be made any more',
  act({ world }) {
    world.exports.problem = 'no room is left';
  },
};

const letUsersIn: Act = {
  atSeconds: 0,
  what: 'users are back, and write all the time',
  act({ world, clock }) {
    for (const production of world.instances.production.values()) production.letUsersIn(clock.now());
  },
};

const leaveSentinels: Act = {
  atSeconds: 0,
  what: 'sentinels are written by the schedule alone',
  act({ world, clock }) {
    for (const production of world.instances.production.values()) production.leaveSentinelsTo(clock.now());
  },
};

const watched = (acts: readonly Act[]): readonly Act[] => [follow(reaper.key, afterRemovalSeconds), ...acts];
const beside = [reaper.task, reaper.key];
const about = 'recovery' as const;
const polls = [
  'CheckSnapshot',
  'CheckCopy',
  'CheckExports',
  'CheckRestore',
  'RemoveCopy',
  'ObserveAbsence',
  reaper.task,
];
/** What these do has nothing to do with what is in the copy. */
const asInAnyDrill = ['DrillRequested', 'ChooseBackup', 'ArmRemovers', 'RemoveCopy', 'ObserveAbsence'];
const [drilled, backedUp] = [drillIdOf(database, 'd1'), backupIdOf(database, 'b1')];

/** The machine's own remover never gets through; the other two do. */
const ownRemoverFails: Story['never'] = ({ task }) => task === 'RemoveCopy';

/** Asked for when a story is over: whatever is left behind keeps it from ending well. */
export const nextRecovery = {
  ends: { [backupIdOf(database, 'next')]: 'complete', [drillIdOf(database, 'next')]: 'healthy' },
  act(twin: ModelTwin): void {
    backUp(0, 'next').act(twin);
    drill(0, 'next').act(twin);
    twin.follow(reaper.key, afterRemovalSeconds);
  },
};

export const recoveryStories: readonly Story[] = [
  { name: 'backup', about, polls, acts: [backUp(1, 'b1')], ends: { [backedUp]: 'complete' } },
  { name: 'retention', about, polls, acts: [keepAncient, backUp(1, 'b1')], ends: { [backedUp]: 'complete' } },
  { name: 'exports-fail', about, polls, acts: [breakExports, backUp(1, 'b1')], ends: { [backedUp]: 'complete' } },
  {
    name: 'backup-stopped',
    about,
    stopped: true,
    polls,
    acts: [backUp(1, 'b1'), stop(10, 'backup')],
    ends: { [backedUp]: 'failed' },
  },
  { name: 'restore-test', about, polls, beside, acts: watched([drill(1, 'd1')]), ends: { [drilled]: 'healthy' } },
  {
    name: 'point-in-time',
    about,
    polls,
    beside,
    acts: watched([drillOfMoment(1, 'd1')]),
    ends: { [drilled]: 'healthy' },
  },
  {
    name: 'live-database',
    about,
    polls,
    beside: [...beside, ...asInAnyDrill],
    acts: watched([letUsersIn, drill(200, 'd1')]),
    ends: { [drilled]: 'healthy' },
  },
  ...damages.map((damage) => ({
    name: `damaged-copy-${damage}`,
    about,
    polls,
    beside: [...beside, ...asInAnyDrill],
    acts: watched([drill(1, 'd1', { damage })]),
    ends: { [drilled]: 'healthy' },
  })),
  {
    name: 'proven-backup',
    about,
    polls,
    beside,
    acts: watched([drill(1, 'd1', { choose: lastBackup })]),
    ends: { [drilled]: 'healthy' },
  },
  {
    name: 'rotten-backup',
    about,
    polls,
    beside,
    acts: watched([rot, drill(1, 'd1', { choose: lastBackup })]),
    ends: { [drilled]: 'unhealthy' },
  },
  {
    name: 'drill-stopped',
    about,
    stopped: true,
    polls,
    acts: watched([drill(1, 'd1'), stop(30, 'restore-test')]),
    ends: { [drilled]: 'error' },
  },
  {
    name: 'machine-never-ends',
    about,
    polls,
    beside,
    never: ownRemoverFails,
    acts: watched([drill(1, 'd1')]),
    ends: { [drilled]: 'error' },
  },
  {
    name: 'one-shot-lost',
    about,
    polls,
    never: ownRemoverFails,
    lost: removalDue,
    acts: watched([drill(1, 'd1')]),
    ends: { [drilled]: 'error' },
  },
  { name: 'reaper-alone', about, polls, acts: watched([leaveBehind]), ends: {} },
  { name: 'sentinels', about, polls, acts: [leaveSentinels, follow(sentinels.key, 300)], ends: {} },
];
