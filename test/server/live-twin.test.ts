import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import {
  type LiveAccess,
  missingProcesses,
  openLivePorts,
  pushSamples,
  stopWorld,
  worldStatus,
} from '../../twin/live/index.ts';
import { send } from '../../twin/live/process/http.ts';
import { signalProcess } from '../../twin/live/process/identity.ts';
import { until } from '../../twin/live/process/until.ts';
import {
  launchTwin,
  runningServer,
  serverMark,
  startTwin,
  stopServer,
  type TwinFile,
} from '../../twin/server/index.ts';
import { newFolder } from '../live/support/folder.ts';

const service = 'shop';
const catalogFile = join(import.meta.dirname, 'catalog.yml');
const progress: string[] = [];
let stateDir: string;
let twin: TwinFile;
let access: LiveAccess;

const launch = () => launchTwin(stateDir, { catalogFile, onProgress: (text) => progress.push(text) });

beforeAll(async () => {
  stateDir = await newFolder();
  twin = await launch();
  access = openLivePorts(stateDir);
}, 30_000);
afterAll(async () => {
  await stopServer(stateDir);
  access?.close();
  await stopWorld(stateDir);
  await rm(stateDir, { recursive: true, force: true });
}, 15_000);

const put = async (DetailType: string, detail: object): Promise<void> => {
  const credentials = { accessKeyId: 'twin', secretAccessKey: 'twin' };
  const client = new EventBridgeClient({ endpoint: twin.endpoint, region: twin.region, credentials });
  const entry = { Source: 'evenkeel', DetailType, Detail: JSON.stringify(detail) };
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  client.destroy();
  expect(FailedEntryCount).toBe(0);
};

const portOf = (url: string): number => Number(new URL(url).port);
const status = async () =>
  JSON.parse((await send({ port: portOf(twin.endpoint), path: '/status', timeoutMs: 5000 })).body);
const facts = (of: string, kind: string) => async () => {
  const found = (await access.ports.ledger.read(of, 0, 1000)).filter((entry) => entry.kind === kind);
  return found.length > 0 ? found : undefined;
};

test('a launch tells what goes on and gives each service a first live release', async () => {
  const digests = await pushSamples(stateDir, service);
  expect(await access.ports.releases.live(service)).toMatchObject({ slot: 'blue', digest: digests['good-1'] });
  expect((await send({ port: portOf(twin.services[service] ?? ''), path: '/health', timeoutMs: 5000 })).status).toBe(
    200,
  );
  expect(progress).toEqual([
    'starting the database, the router and the node',
    'filling the slots with the first releases',
    'taking up runs and events',
    expect.stringMatching(/^ready in \d+\.\d s$/),
  ]);
});

test('a second twin in the same folder is refused, by the process that holds it', async () => {
  await expect(startTwin({ stateDir })).rejects.toThrow(`one already runs in ${stateDir}, as process ${twin.pid}`);
  expect((await launch()).pid).toBe(twin.pid);
});

test('an event that matches no schema is a dead letter, raises the alarm and leaves a ledger line', async () => {
  await put('DeployRequested', { service, digest: 'latest' });
  const [fact] = await until('a ledger line', 5000, facts('evenkeel', 'event-unrecognised'));
  expect(fact?.says).toContain('digest');
  const { events, alarms } = await until('a dead letter', 10_000, async () => {
    const now = await status();
    return now.events.deadLetters.length > 0 && now;
  });
  expect(events.deadLetters).toMatchObject([
    { target: 'triggerDeployRequested', failures: 2, error: expect.stringMatching(/^EventUnrecognised: /) },
  ]);
  expect(alarms).toContainEqual({
    ...{ name: 'evenkeel-twin-EventDeadLetters', state: 'alarm', acts: true },
    since: expect.any(String),
  });
}, 20_000);

test('a deployment goes on after kill -9 of the control plane, and ends promoted', async () => {
  const digests = await pushSamples(stateDir, service);
  const digest = digests['good-2'];
  await put('DeployRequested', { service, digest, requestedBy: 'test', requestId: 'r1' });
  await until('the shift', 15_000, facts(service, 'shifted'));
  expect(signalProcess(twin.pid, serverMark(stateDir), 'SIGKILL')).toBe(true);
  await until('its end', 2000, async () => (await runningServer(stateDir)) === undefined);
  const killed = twin;
  twin = await launch();
  expect(twin.pid).not.toBe(killed.pid);
  expect(twin.endpoint).toBe(killed.endpoint);
  await until('the promotion', 30_000, facts(service, 'promoted'));
  expect(await access.ports.releases.live(service)).toMatchObject({ slot: 'green', digest });
  const answer = await send({ port: portOf(twin.services[service] ?? ''), path: '/health', timeoutMs: 5000 });
  expect(answer).toMatchObject({ status: 200, headers: { 'x-evenkeel-digest': digest } });
  const planned = await facts(service, 'planned')();
  expect(planned).toHaveLength(1);
}, 60_000);

test('a release whose run ended and that nobody undoes is undone by the reconciler, once', async () => {
  const credentials = { accessKeyId: 'twin', secretAccessKey: 'twin' };
  const states = new SFNClient({ endpoint: twin.endpoint, region: twin.region, credentials });
  const stateMachineArn = twin.machines.deployment;
  const { executionArn = '' } = await states.send(
    new StartExecutionCommand({ stateMachineArn, name: `${service}-lost`, input: '{}' }),
  );
  await until('the end of its run', 20_000, async () => {
    const { status: ended } = await states.send(new DescribeExecutionCommand({ executionArn }));
    return ended !== 'RUNNING';
  });
  states.destroy();
  const { releases, leases, clock } = access.ports;
  await until('nobody to hold the service', 30_000, async () => !(await leases.current(leaseOf(service))));
  const live = await releases.live(service);
  if (!live) throw new Error('nothing is live');
  const { since: _, ...target } = live;
  // Now its end is old news, and the record says that it moves traffic.
  await releases.plan({
    ...{ releaseId: `${service}-lost`, service, digest: live.digest, slot: 'blue', requestedBy: 'test' },
    ...{ status: 'shifting', plannedAt: clock.now(), undo: target, run: executionArn },
  });
  await leases.take(leaseOf(service), `${service}-lost`, plusSeconds(clock.now(), 3600), clock.now());
  await put('ReconcileRequested', { requestedBy: 'test', requestId: 'one' });
  await put('ReconcileRequested', { requestedBy: 'test', requestId: 'two' });
  await until('its undo', 40_000, async () => (await releases.find(`${service}-lost`))?.status === 'undone');
  expect(await facts('evenkeel', 'reconciled')()).toHaveLength(1);
}, 80_000);

test('what is killed of the world comes back by itself, at the same address', async () => {
  const { router, node, postgres } = (await worldStatus(stateDir)).processes;
  for (const pid of [router, node, postgres]) process.kill(pid ?? 0, 'SIGKILL');
  await until('the world', 15_000, async () => (await missingProcesses(stateDir)).length === 0);
  const answer = () => send({ port: portOf(twin.services[service] ?? ''), path: '/items', timeoutMs: 5000 });
  await until('an answer', 10_000, async () => (await answer().catch(() => undefined))?.status === 200);
}, 30_000);

test('SIGTERM ends it within two seconds, traffic goes on, and the dead letter is still there afterwards', async () => {
  const startedMs = performance.now();
  await stopServer(stateDir);
  expect(performance.now() - startedMs).toBeLessThan(2000);
  expect((await send({ port: portOf(twin.services[service] ?? ''), path: '/health', timeoutMs: 5000 })).status).toBe(
    200,
  );
  twin = await launch();
  expect((await status()).events.deadLetters).toHaveLength(1);
}, 20_000);
