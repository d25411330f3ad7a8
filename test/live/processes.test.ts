import { afterAll, afterEach } from '@jest/globals';
import { type Slot, slots } from '../../lib/contracts/names.ts';
import { pushSamples } from '../../twin/live/index.ts';
import { send } from '../../twin/live/process/http.ts';
import { until } from '../../twin/live/process/until.ts';
import { describeCluster } from '../contracts/cluster.contract.ts';
import { describePods } from '../contracts/pods.contract.ts';
import { describeProbe } from '../contracts/probe.contract.ts';
import { describeSignals } from '../contracts/signals.contract.ts';
import { describeTraffic } from '../contracts/traffic.contract.ts';
import { fakePods } from './support/pods.ts';
import { sharedWorld } from './support/world.ts';

const live = 'live';
const { current, newService } = sharedWorld();
const pods = fakePods();
const used: string[] = [];
const newestToken = 1000;

const service = async () => {
  const name = await newService();
  used.push(name);
  return name;
};

afterEach(async () => {
  for (const name of used.splice(0)) {
    await Promise.all(slots.map((slot) => current().node('retire', { service: name, slot, token: newestToken })));
  }
});
afterAll(() => pods.close());

describeTraffic(live, async () => ({ port: current().ports.traffic, service: await service() }));

describeCluster(live, async () => {
  const name = await service();
  const samples = await pushSamples(current().folder, name);
  return {
    port: current().ports.cluster,
    service: name,
    good: samples['good-1'],
    better: samples['good-2'],
    crashing: samples['crash-loop'],
    settled: (slot) => current().settled(name, slot),
  };
});

describePods(live, async () => {
  const name = await service();
  const { ports, folder, settled } = current();
  const samples = await pushSamples(folder, name);
  return {
    port: ports.pods,
    cluster: ports.cluster,
    service: name,
    good: samples['good-1'],
    settled: (slot) => settled(name, slot),
  };
});

describeProbe(live, async () => {
  const { ports, folder, settled } = current();
  const name = await service();
  const samples = await pushSamples(folder, name);
  const digests = { blue: samples['good-1'], green: samples['good-2'] };
  const fill = (slot: Slot, digest: string) => ports.cluster.fill(name, slot, { digest, replicas: 1 }, 1);
  const bothSettled = () => Promise.all(slots.map((slot) => settled(name, slot)));
  await Promise.all(slots.map((slot) => fill(slot, digests[slot])));
  await bothSettled();
  return {
    port: ports.probe,
    service: name,
    path: '/',
    digests,
    sendAllTo: (slot) => ports.traffic.shift(name, { blue: 0, green: 0, [slot]: 100 }, 1),
    fail: async (slot) => {
      await fill(slot, samples['errors-100']);
      await settled(name, slot);
    },
    stop: async (slot) => {
      await ports.cluster.retire(name, slot, 1);
      await settled(name, slot);
    },
  };
});

describeSignals(live, async () => {
  const { ports, router, alarms } = current();
  const name = await service();
  const { port } = await router('route', { service: name });
  const ok = await pods.start((_, response) => response.end());
  const broken = await pods.start((_, response) => response.writeHead(500).end());
  const answer = async (slot: Slot, pod: number, requests: number) => {
    await router('publish', { service: name, slot, endpoints: [{ pod: `pod-${pod}`, port: pod }] });
    await ports.traffic.shift(name, { blue: 0, green: 0, [slot]: 100 }, 1);
    for (let i = 0; i < requests; i += 1) await send({ port, path: '/', timeoutMs: 5000 });
  };
  const countedOf = async (slot: Slot) => {
    const now = Date.now();
    const at = (ms: number) => new Date(ms).toISOString();
    const buckets = await ports.signals.buckets(name, at(now - 60_000), at(now + 1));
    return buckets.filter((b) => b.slot === slot).reduce((sum, { requests }) => sum + requests, 0);
  };
  return {
    port: ports.signals,
    service: name,
    now: () => ports.clock.now(),
    serve: async (slot, requests, failures) => {
      await answer(slot, ok, requests - failures);
      await answer(slot, broken, failures);
      await until('all counted', 5000, async () => (await countedOf(slot)) >= requests);
    },
    setAlarm: async (alarm) => alarms.set(alarm),
  };
});
