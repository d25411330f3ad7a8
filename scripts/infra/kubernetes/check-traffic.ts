import { setTimeout } from 'node:timers/promises';
import { dimensionNames, namespace, statistics } from '../../../lib/adapters/cloudwatch/signals.ts';
import { bucketSeconds } from '../../../lib/contracts/signals.ts';
import type { Anything, Overlay } from './manifests.ts';
import { aPod, service, startTrafficWorld } from './traffic-world.ts';

export type TrafficReport = { checks: number; problems: string[] };

const withinMs = 60_000;
type World = Awaited<ReturnType<typeof startTrafficWorld>>;

/** What a watch would read: a sum over everything that was put for a slot. */
const total = async (world: World, metric: string, slot: string, of = service): Promise<number | undefined> => {
  const [first, second] = dimensionNames;
  const { Datapoints } = await world.cloudwatch(
    'get-metric-statistics',
    ...['--namespace', namespace, '--metric-name', metric, '--statistics', 'Sum', '--period', String(bucketSeconds)],
    ...['--start-time', new Date(Date.now() - 600_000).toISOString(), '--end-time', new Date().toISOString()],
    ...['--dimensions', `Name=${first},Value=${of}`, `Name=${second},Value=${slot}`],
  );
  return Datapoints.length === 0 ? undefined : Datapoints.reduce((sum: number, { Sum }: Anything) => sum + Sum, 0);
};

/** Waits until it holds, or long enough. */
const comes = async (holds: () => Promise<boolean>): Promise<boolean> => {
  const deadlineMs = Date.now() + withinMs;
  while (Date.now() < deadlineMs) {
    if (await holds()) return true;
    await setTimeout(1_000);
  }
  return false;
};

/** Requests are counted by a pod, scraped by a real Prometheus, published by the overlay's own script, and compared. */
export const checkTraffic = async (
  { prometheus }: { prometheus: string },
  overlay: Overlay,
): Promise<TrafficReport> => {
  const report: TrafficReport = { checks: 0, problems: [] };
  const check = (what: string, holds: boolean): void => {
    report.checks += 1;
    if (!holds) report.problems.push(what);
  };
  const pods = { blue: await aPod(), green: await aPod() };
  pods.blue.answer('200', 0.15, 1_000); // before anybody looked
  const stopPods = () => Object.values(pods).map((pod) => pod.stop());
  // A pod that listens on would keep the whole check from ending.
  const world = await startTrafficWorld(prometheus, overlay, pods).catch((error: unknown) => {
    stopPods();
    throw error;
  });
  try {
    const { child } = await world.publish();
    const sums = async () => ({
      requests: await total(world, statistics.requests.metric, 'blue'),
      failures: await total(world, statistics.failures.metric, 'blue'),
    });
    const reach = (requests: number) => comes(async () => ((await sums()).requests ?? 0) >= requests);
    check('the first bucket arrives', await comes(async () => (await sums()).requests !== undefined));
    // What the pod had counted before may be in this bucket, in the next, or in none; then it is settled.
    await setTimeout((bucketSeconds + 5) * 1_000);
    const before = (await sums()).requests ?? 0;
    pods.blue.answer('200', 0.15, 40);
    pods.blue.answer('503', 0.7, 7);
    check('47 requests arrive', await reach(before + 47));
    pods.blue.begin();
    pods.blue.answer('200', 0.05, 5);
    check('5 more arrive from a process that began again', await reach(before + 52));
    const { requests = 0, failures } = await sums();
    check(`no request is counted twice: expected ${before + 52}, got ${requests}`, requests === before + 52);
    check(`each failure is counted once: expected 7, got ${failures}`, failures === 7);
    const quiet = await total(world, statistics.requests.metric, 'green');
    check(`a slot without requests has zeros: got ${quiet}`, quiet === 0);
    const unknown = await total(world, statistics.requests.metric, 'blue', 'nobody');
    check('of a service that Prometheus does not reach nothing is said', unknown === undefined);
    const latency = await total(world, statistics.p95Ms.metric, 'blue');
    check(`latencies are told: ${latency}`, (latency ?? 0) > 0);
    check('it goes on', child.exitCode === null);
    return report;
  } finally {
    await world.stop();
    stopPods();
  }
};
