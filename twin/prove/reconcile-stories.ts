import { backupIdOf } from '../../lib/contracts/backup.ts';
import { backUp, database, follow, stop as stopRuns } from './recovery-stories.ts';
import { deploy, stop as stopRelease } from './release-stories.ts';
import { answer, incidentAt, tell } from './remediation-stories.ts';
import type { Story } from './story.ts';

/** The schedule of the reconciler is every five minutes; these are its first ones. */
const reconciler = 'triggerReconcileDue';
const forSeconds = 1300;
const watched = follow(reconciler, forSeconds);

const alarms = 'CloudWatch Alarm State Change';
const ends = 'Step Functions Execution Status Change';
const [crashing, slow] = ['shop-crashing', 'shop-slow'];
const fires = (alarm: string) => tell(1, alarm, 'ALARM');
const [crashed, slowed] = [incidentAt(crashing, 1), incidentAt(slow, 1)];
const backedUp = backupIdOf(database, 'b1');

/** All of these fail in stories of their own: here, what looks for the loss does. */
const ofRemedy = [
  'AlarmChanged',
  'OpenIncident',
  'Guard',
  'AwaitApproval',
  'KeepAttempt',
  'ActOnCluster',
  'ObserveHelp',
  'RecordOutcome',
];
const ofRelease = [
  'DeployRequested',
  'Plan',
  'CheckGates',
  'TakeLease',
  'FillSlot',
  'CheckRollout',
  'SmokeTest',
  'DrillForward',
  'DrillBack',
  'SetWeight',
  'Observe',
  'Promote',
  'RetireSlot',
  'RecordOutcome',
  'ChooseTarget',
  'TakeOverLease',
  'UndoTraffic',
  'VerifyUndo',
  'RestoreLive',
];
const ofBackup = [
  'BackupRequested',
  'BeginBackup',
  'StartExports',
  'ReadBefore',
  'TakeSnapshot',
  'CheckSnapshot',
  'ReadAfter',
  'CopySnapshot',
  'CheckCopy',
  'CheckExports',
  'ApplyRetention',
  'RecordBackup',
];
const polls = ['Look'];
const reconciled = true;
const aboutRemedy = { about: 'remediation', polls, beside: ofRemedy, reconciled } as const;
const aboutRelease = { about: 'releases', polls, beside: ofRelease, reconciled } as const;

/** What an event would have brought about comes to pass without it, once, and in the same way. */
export const reconcileStories: readonly Story[] = [
  {
    name: 'alarm-unheard',
    ...aboutRemedy,
    lost: alarms,
    acts: [watched, fires(crashing), tell(330, crashing, 'OK')],
    ends: { [crashed]: 'resolved' },
  },
  // Told late, twice, out of order or never: the reconciler may have been there first.
  { name: 'alarm-late', ...aboutRemedy, acts: [watched, fires(crashing)], ends: { [crashed]: 'escalated' } },
  {
    // The reconciler comes while the run is in its midst.
    name: 'alarm-running',
    ...aboutRemedy,
    acts: [watched, tell(280, crashing, 'ALARM'), tell(305, crashing, 'OK')],
    ends: { [incidentAt(crashing, 280)]: 'resolved' },
  },
  {
    name: 'remedy-end-unheard',
    ...aboutRemedy,
    lost: ends,
    stopped: true,
    acts: [watched, fires(crashing), stopRuns(30, 'remediation')],
    ends: { [crashed]: 'escalated' },
  },
  {
    name: 'remedy-never-opened',
    ...aboutRemedy,
    lost: ends,
    stopped: true,
    never: ({ task }) => task === 'OpenIncident',
    acts: [watched, fires(crashing), stopRuns(5, 'remediation')],
    ends: { [crashed]: 'escalated' },
  },
  {
    // What a person said is in no record: nobody answered, and people are told that.
    name: 'answer-unheard',
    ...aboutRemedy,
    lost: 'RemedyAnswered',
    acts: [watched, fires(slow), answer(120, slowed)],
    ends: { [slowed]: 'escalated' },
  },
  {
    name: 'release-running',
    ...aboutRelease,
    acts: [watched, deploy(290, 'v2', 'r1')],
    ends: { 'shop-r1': 'promoted' },
  },
  {
    name: 'release-end-unheard',
    ...aboutRelease,
    lost: ends,
    acts: [watched, deploy(1, 'v2', 'r1'), stopRelease(35, 'r1')],
    ends: { 'shop-r1': 'undone' },
  },
  {
    name: 'backup-end-unheard',
    ...{ about: 'recovery', polls, beside: ofBackup, reconciled },
    lost: ends,
    stopped: true,
    acts: [watched, backUp(1, 'b1'), stopRuns(10, 'backup')],
    ends: { [backedUp]: 'failed' },
  },
];
