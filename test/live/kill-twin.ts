import { readdir, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { openLivePorts, stopWorld } from '../../twin/live/index.ts';
import { processesWith, signalProcess } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { until } from '../../twin/live/process/until.ts';
import { launchTwin, runningServer, serverMark, stopServer } from '../../twin/server/index.ts';
import { newFolder } from './support/folder.ts';

/*
 * Kills the twin with SIGKILL at random moments of drills, one drill each, starts it again, and counts what is left of the
 * copies once the drills have ended: servers, workers and folders. Usage: node test/live/kill-twin.ts [drills, default 10]
 */
const drills = Number(process.argv[2] ?? 10);
const longestMs = 8000;
const endsWithinMs = 300_000;
const database = 'items';
const credentials = { accessKeyId: 'twin', secretAccessKey: 'twin' };

const folder = await newFolder();
const { ports, close } = openLivePorts(folder);

const put = async (DetailType: string, detail: object): Promise<void> => {
  const { endpoint, region } = await launchTwin(folder);
  const client = new EventBridgeClient({ endpoint, region, credentials });
  const Detail = JSON.stringify({ database, requestedBy: 'kill-twin', ...detail });
  await client.send(new PutEventsCommand({ Entries: [{ Source: 'evenkeel', DetailType, Detail }] }));
  client.destroy();
};

const kill = async (): Promise<void> => {
  const pid = (await runningServer(folder)) ?? 0;
  signalProcess(pid, serverMark(folder), 'SIGKILL');
  await until('the end of the twin', 5000, async () => (await runningServer(folder)) === undefined);
};

const left = async () => {
  const folders = await readdir(paths.drills(folder)).catch(() => []);
  const servers = processesWith(`-D ${paths.drills(folder)}/`).length;
  const workers = processesWith(`--evenkeel=drill/`).filter((pid) => processesWith(folder).includes(pid)).length;
  return { servers, workers, folders: folders.length, records: (await ports.databases.drills()).length };
};
const nothing = async () => Object.values(await left()).every((count) => count === 0);

const killOnce = async (index: number): Promise<void> => {
  await put('DrillRequested', { choose: { kind: 'newest' }, requestId: `kill-${index}` });
  const afterMs = Math.round(Math.random() * longestMs);
  await pause(afterMs);
  await kill();
  await launchTwin(folder);
  const ended = await until(`the end of drill ${index}`, endsWithinMs, async () => {
    const drill = await ports.drills.find(`${database}-kill-${index}`);
    return drill?.status === 'ended' && drill.outcome;
  });
  await until('nothing left', endsWithinMs, nothing).catch(() => undefined);
  console.log(JSON.stringify({ drill: index, killedAfterMs: afterMs, verdict: ended.verdict, left: await left() }));
};

let failed = false;
try {
  await launchTwin(folder);
  await ports.contents.writeSentinel('twin', ports.clock.now());
  await put('BackupRequested', { requestId: 'kill-twin' });
  await until(
    'a backup',
    endsWithinMs,
    async () => (await ports.backups.recent(database, 1))[0]?.status === 'complete',
  );
  for (let index = 1; index <= drills; index += 1) await killOnce(index);
  failed = !(await nothing());
  const { servers, folders } = await left();
  console.log(`killed ${drills} times; ${servers} database processes and ${folders} data folders of drills left`);
} catch (error) {
  failed = true;
  console.error(error, await left());
} finally {
  await stopServer(folder);
  close();
  await stopWorld(folder);
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
