/**
 * Kills the twin with -9 at ten random moments of drills and counts what drills left on the machine: no database process and no data
 * folder may be. `npm run test:kill-drill -- [--seed N] [--kills N]`. Prints a line for each kill and the count; exit code 0 when
 * nothing is left. It starts a twin in a folder of its own, and ends only what it started.
 */

import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { twinPlane } from '../../cli/control-plane/twin.ts';
import { leftOfDrills } from '../../cli/twin/left-of-drills.ts';
import { liveTwin } from '../../cli/twin/live-twin.ts';
import { newState } from '../../cli/twin/new-state.ts';
import { backupIdOf } from '../../lib/contracts/backup.ts';
import { type DrillId, drillIdOf, drillInstanceOf } from '../../lib/contracts/drill.ts';
import { workMark } from '../../twin/live/databases/workers.ts';
import { openLivePorts } from '../../twin/live/index.ts';
import { processesWith, signalProcess } from '../../twin/live/process/identity.ts';
import { seeded } from '../support/seeded.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' }, kills: { type: 'string', default: '10' } } });
const seed = Number(values.seed ?? randomInt(2 ** 31));
const kills = Number(values.kills);
const database = 'items';
const runEndsWithinMs = 60_000;
/** The schedule of a drill removes its copy after 200 s, whatever became of its run. */
const goneWithinMs = 260_000;
const betweenLooksMs = 200;

const random = seeded(seed);
const stateDir = newState('kill-drill');
const twin = liveTwin(stateDir);
const startedAt = performance.now();
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const quiet = () => undefined;

/** Whether it came true in time. */
const becomes = async (withinMs: number, there: () => Promise<boolean>): Promise<boolean> => {
  const untilMs = performance.now() + withinMs;
  while (performance.now() < untilMs) {
    if (await there()) return true;
    await pause(betweenLooksMs);
  }
  return false;
};

const takeBackup = async (): Promise<void> => {
  const { events, ports } = await twinPlane(stateDir);
  await events.send('BackupRequested', { database, requestedBy: 'killer', requestId: 'first' });
  const complete = async () => (await ports.backups.find(backupIdOf(database, 'first')))?.status === 'complete';
  if (!(await becomes(runEndsWithinMs, complete))) throw new Error('the first backup was not complete in time');
};

/** Without one every drill is red; they are written each minute. */
const hasSentinel = async (): Promise<boolean> => {
  const { contents } = openLivePorts(stateDir).ports;
  return (await contents.sentinels('twin')).count > 0;
};

/** `everything`: also whoever works on the copy, and its database server. Gives how many processes were killed. */
const kill = async (drill: DrillId, everything: boolean): Promise<number> => {
  const server = await twin.kill();
  const marks = everything
    ? [workMark(stateDir, 'drill', drillInstanceOf(drill)), `-D ${stateDir}/postgres/drills/`]
    : [];
  const others = marks.flatMap((mark) => processesWith(mark).map((pid) => signalProcess(pid, mark.trim(), 'SIGKILL')));
  return others.filter(Boolean).length + (server === undefined ? 0 : 1);
};

const requestDrill = async (requestId: string): Promise<DrillId> => {
  const { events } = await twinPlane(stateDir);
  await events.send('DrillRequested', { database, choose: { kind: 'newest' }, requestedBy: 'killer', requestId });
  return drillIdOf(database, requestId);
};

const statusOf = async (drill: DrillId): Promise<string> => {
  const { runs } = await twinPlane(stateDir);
  return (await runs.find(drill))?.status ?? 'not begun';
};

/** One drill that nobody kills, for how long it takes here and now: the moments of kills lie within that. */
const drillMs = async (): Promise<number> => {
  const begunAt = performance.now();
  const drill = await requestDrill('whole');
  const ended = async () => !['not begun', 'RUNNING'].includes(await statusOf(drill));
  if (!(await becomes(runEndsWithinMs, ended))) throw new Error('the drill that nobody killed did not end in time');
  return performance.now() - begunAt;
};

/** One drill, one kill at a random moment of it, one restart, and the run's end if it comes in time. */
const round = async (number: number, longestMs: number): Promise<boolean> => {
  const delayMs = Math.round(random() * longestMs);
  const everything = random() < 0.5;
  const drill = await requestDrill(`k${number}`);
  await pause(delayMs);
  const { runs: runsBefore } = await twinPlane(stateDir);
  const { state = 'not begun', status: before = 'not begun' } = (await runsBefore.find(drill)) ?? {};
  const killed = await kill(drill, everything);
  await twin.up(quiet);
  const { runs, ports } = await twinPlane(stateDir);
  const ended = async () => ((await runs.find(drill))?.status ?? 'RUNNING') !== 'RUNNING';
  await becomes(runEndsWithinMs, ended);
  const { status = 'none' } = (await runs.find(drill)) ?? {};
  say({
    kill: number,
    afterMs: delayMs,
    state: before === 'RUNNING' ? state : before,
    everything,
    killed,
    run: status,
    verdict: (await ports.drills.find(drill))?.outcome?.verdict,
  });
  return before === 'RUNNING';
};

const countLeft = async () => {
  const nothing = async () => {
    const { processes, folders } = await leftOfDrills(stateDir);
    return processes.length + folders.length === 0;
  };
  await becomes(goneWithinMs, nothing);
  const { processes, folders } = await leftOfDrills(stateDir);
  return { processes: processes.length, folders: folders.length };
};

const main = async (): Promise<boolean> => {
  say({ seed, kills, stateDir });
  await twin.up(quiet);
  await takeBackup();
  await becomes(runEndsWithinMs + 30_000, hasSentinel);
  const longestMs = await drillMs();
  let midway = 0;
  for (let number = 1; number <= kills; number += 1) midway += (await round(number, longestMs)) ? 1 : 0;
  const left = await countLeft();
  const { ports } = await twinPlane(stateDir);
  const open = (await ports.drills.recent(database, kills)).filter(({ status }) => status === 'open').length;
  const ok = left.processes === 0 && left.folders === 0;
  say({
    ok,
    seed,
    kills,
    midway,
    ...left,
    openOnRecord: open,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  });
  return ok;
};

let ok = false;
try {
  ok = await main();
} finally {
  // What is left of a bad end is kept, to be looked at.
  await twin.down({ wipe: ok });
}
process.exitCode = ok ? 0 : 1;
