import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { pushImage, pushSamples, startWorld, stopWorld, worldStatus } from '../../twin/live/index.ts';
import { podMark } from '../../twin/live/pod/pod-spec.ts';
import { send } from '../../twin/live/process/http.ts';
import { isProcess, signalProcess } from '../../twin/live/process/identity.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from '../contracts/good.ts';
import { newFolder } from './support/folder.ts';
import { askSteadily } from './support/load.ts';
import { inWorld, type LiveWorld } from './support/world.ts';

jest.setTimeout(20_000);

const services = ['shop'];
const service = 'shop';
const soonMs = 10_000;

const fillBlue = async (world: LiveWorld, replicas = 2) => {
  const samples = await pushSamples(world.folder, service);
  await world.ports.cluster.fill(service, 'blue', { digest: samples['good-1'], replicas }, 1);
  await world.settled(service, 'blue');
  return samples;
};

const podsOf = async (world: LiveWorld) =>
  (await world.node('pods', { service, slot: 'blue' })).map(({ pod, pid, phase }) => ({ pod, pid, phase }));

/** Ends a process the hard way and returns when it is gone. */
const kill = async (pid: number, mark: string) => {
  expect(signalProcess(pid, mark, 'SIGKILL')).toBe(true);
  await until(`end of ${mark}`, soonMs, () => !isProcess(pid, mark));
};

const markOf = (folder: string, role: string) => `--evenkeel=${role}:${folder}`;

const killRole = async ({ folder }: LiveWorld, role: 'router' | 'node') => {
  const { processes } = await worldStatus(folder);
  await kill(processes[role] ?? 0, markOf(folder, role));
};

describe('the router, killed and started again,', () => {
  test('has the address, the weights, the pods and the newest token that it had', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      await world.ports.traffic.shift(service, { blue: 95, green: 5 }, 7);
      const before = await world.router('route', { service });
      await killRole(world, 'router');
      await expect(world.ports.traffic.weights(service)).rejects.toEqual(failure('DependencyUnavailable'));
      await startWorld(world.folder, { services, database: false });
      expect(await world.router('route', { service })).toEqual(before);
      const late = world.ports.traffic.shift(service, { blue: 0, green: 100 }, 6);
      await expect(late).rejects.toEqual(failure('LeaseLost'));
      expect((await send({ port: before.port, path: '/', timeoutMs: 5000 })).status).toBe(200);
    });
  });
});

describe('the node, killed and started again,', () => {
  test('finds its pods running, and no user noticed', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const before = await podsOf(world);
      const users = askSteadily((await world.router('route', { service })).port, 2);
      await killRole(world, 'node');
      await startWorld(world.folder, { services, database: false });
      await world.settled(service, 'blue');
      expect(await podsOf(world)).toEqual(before);
      const answers = await users.stop();
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });
  });

  test('replaces the pods that ended while it was away', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const [lost, kept] = await podsOf(world);
      await killRole(world, 'node');
      await kill(lost?.pid ?? 0, podMark(lost?.pod ?? ''));
      await startWorld(world.folder, { services, database: false });
      await world.settled(service, 'blue');
      const now = await podsOf(world);
      expect(now).toHaveLength(2);
      expect(now).toContainEqual(kept);
      expect(now).not.toContainEqual(lost);
    });
  });
});

describe('a restart of a slot', () => {
  test('replaces every pod, and no user noticed', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const before = await podsOf(world);
      const users = askSteadily((await world.router('route', { service })).port, 2);
      await world.ports.cluster.restart(service, 'blue', '2026-05-01T10:00:00.000Z', 1);
      await world.settled(service, 'blue');
      const answers = await users.stop();
      const kept = (await podsOf(world)).filter(({ pod }) => before.some((old) => old.pod === pod));
      expect(kept).toEqual([]);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });
  });
});

describe('a pod', () => {
  test('that is killed is replaced, and one restart is not a crash loop', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const [lost] = await podsOf(world);
      await kill(lost?.pid ?? 0, podMark(lost?.pod ?? ''));
      await until('another pod', soonMs, async () => !(await podsOf(world)).some(({ pod }) => pod === lost?.pod));
      await world.settled(service, 'blue');
      expect(await world.ports.cluster.slot(service, 'blue')).toMatchObject({ ready: 2, crashing: false });
    });
  });

  test('that hangs gets no more requests', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const [hung] = await podsOf(world);
      signalProcess(hung?.pid ?? 0, podMark(hung?.pod ?? ''), 'SIGSTOP');
      await until('the hung pod out of traffic', soonMs, async () => {
        const { endpoints } = await world.router('route', { service });
        return !endpoints.blue.some(({ pod }) => pod === hung?.pod);
      });
      expect(await world.ports.cluster.slot(service, 'blue')).toMatchObject({ wanted: 2, ready: 1 });
    });
  }, 15_000);

  test('that looks healthy between its crashes is in a crash loop all the same', async () => {
    await inWorld({ services }, async (world) => {
      const samples = await pushSamples(world.folder, service);
      await world.ports.cluster.fill(service, 'green', { digest: samples.flapping, replicas: 1 }, 1);
      const state = () => world.ports.cluster.slot(service, 'green');
      await until('once ready', soonMs, async () => (await state()).ready === 1);
      await until('known as crashing', soonMs, async () => (await state()).crashing);
      await until('ready again', soonMs, async () => (await state()).ready === 1);
      expect(await state()).toMatchObject({ crashing: true });
    });
  }, 15_000);
});

test('shifting traffic and retiring the old slot under load fails no request', async () => {
  await inWorld({ services }, async (world) => {
    const samples = await fillBlue(world);
    await world.ports.cluster.fill(service, 'green', { digest: samples['good-2'], replicas: 2 }, 1);
    await world.settled(service, 'green');
    const { port } = await world.router('route', { service });
    const users = askSteadily(port, 4);
    for (const green of [5, 50, 100]) await world.ports.traffic.shift(service, { blue: 100 - green, green }, 1);
    await world.ports.cluster.retire(service, 'blue', 1);
    await world.settled(service, 'blue');
    const answers = await users.stop();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.at(-1)?.slot).toBe('green');
  });
});

test('a pod in the middle of an answer is let finish before it is ended', async () => {
  await inWorld({ services }, async (world) => {
    const image = { repository: service, tag: 'slow', behaviour: { delayMs: 500 } };
    const digest = await pushImage(world.folder, image, { status: 'absent' });
    await world.ports.cluster.fill(service, 'blue', { digest, replicas: 1 }, 1);
    await world.settled(service, 'blue');
    const { port, endpoints } = await world.router('route', { service });
    const asked = send({ port, path: '/', timeoutMs: 10_000 });
    await until('the request at the pod', soonMs, async () => {
      return (await world.router('inFlight', { port: endpoints.blue[0]?.port ?? 0 })) === 1;
    });
    await world.ports.cluster.retire(service, 'blue', 1);
    expect((await asked).status).toBe(200);
    await world.settled(service, 'blue');
  });
});

describe('a world', () => {
  test('goes on when whoever started it is killed', async () => {
    const folder = await newFolder();
    try {
      const program = fileURLToPath(new URL('./support/caller.ts', import.meta.url));
      const caller = spawn(process.execPath, [program, folder, service], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(caller.stdout, 'data');
      const before = await worldStatus(folder);
      caller.kill('SIGKILL');
      await once(caller, 'exit');
      expect(before.services).toHaveLength(1);
      expect(await worldStatus(folder)).toEqual(before);
    } finally {
      await stopWorld(folder);
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('started again, also by two at once, is the same world', async () => {
    await inWorld({ services }, async (world) => {
      const before = (await worldStatus(world.folder)).processes;
      const again = () => startWorld(world.folder, { services, database: false });
      const [one, other] = await Promise.all([again(), again()]);
      expect(one).toEqual(other);
      expect((await worldStatus(world.folder)).processes).toEqual(before);
    });
  });

  test('started for the first time by two at once is one world', async () => {
    const folder = await newFolder();
    try {
      const start = () => startWorld(folder, { services, database: false });
      const [one, other] = await Promise.all([start(), start()]);
      expect(one).toEqual(other);
    } finally {
      await stopWorld(folder);
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('stopped while its pods are starting, has no process left', async () => {
    await inWorld({ services }, async (world) => {
      const samples = await pushSamples(world.folder, service);
      await world.ports.cluster.fill(service, 'blue', { digest: samples['good-1'], replicas: 2 }, 1);
      const starting = await until('pods under way', soonMs, async () => {
        const pods = await podsOf(world);
        return pods.length === 2 && pods;
      });
      await stopWorld(world.folder);
      expect(starting.filter(({ pid, pod }) => isProcess(pid, podMark(pod)))).toEqual([]);
      expect((await worldStatus(world.folder)).processes).toEqual({});
    });
  });

  test('stopped, has no process left, and starts again with what it had', async () => {
    await inWorld({ services }, async (world) => {
      await fillBlue(world);
      const pods = await podsOf(world);
      await stopWorld(world.folder);
      expect(await worldStatus(world.folder)).toMatchObject({ processes: {}, services: [] });
      expect(pods.filter(({ pid, pod }) => isProcess(pid, podMark(pod)))).toEqual([]);
      await startWorld(world.folder, { services, database: false });
      await world.settled(service, 'blue');
      expect(await world.ports.cluster.slot(service, 'blue')).toMatchObject({ ready: 2, crashing: false });
    });
  });
});
