import { awaitEnd, startRelease } from '../../cli/tour/release.ts';
import type { Stage } from '../../cli/tour/stage.ts';
import { measuredIn } from '../child.ts';
import type { Bench, Measured, Measurement } from '../measurement.ts';
import { repository } from '../program.ts';
import { onTwin } from '../twin.ts';

const requests = 100_000;
const requestsPerSecond = 1000;
const connections = 20;
const generator = `${repository}node_modules/autocannon/autocannon.js`;

/** The fields of autocannon's result that matter here. `requests.average`: per second. */
type Load = {
  '2xx': number;
  non2xx: number;
  errors: number;
  timeouts: number;
  duration: number;
  requests: { average: number; total: number };
  latency: { p50: number; p99: number; max: number };
};

/** Good versions go live one after the other for as long as the load lasts; at least one goes all the way under it. */
const releasesDuring = async (stage: Stage, load: Promise<unknown>): Promise<string[]> => {
  let loaded = true;
  const over = () => {
    loaded = false;
  };
  load.then(over, over);
  const ended: string[] = [];
  for (let number = 0; loaded; number += 1) {
    const { status } = await awaitEnd(stage, await startRelease(stage, number % 2 === 0 ? 'good-2' : 'good-3'));
    if (loaded) ended.push(status);
  }
  return ended;
};

const measure = async (stage: Stage) => {
  const { signal } = stage;
  const args = ['-j', '-c', String(connections), '-R', String(requestsPerSecond), '-a', String(requests), stage.url];
  const running = measuredIn<Load>(generator, args, { signal });
  const [load, releases] = await Promise.all([running, releasesDuring(stage, running)]);
  return { load, releases };
};

export const load: Measurement = {
  name: 'load',
  title: 'Good releases under load through the router',
  async run(bench: Bench): Promise<Measured> {
    const { load, releases } = await onTwin(bench, { usersPerSecond: () => 0 }, measure);
    const failed = load.non2xx + load.errors + load.timeouts;
    const { p50, p99, max } = load.latency;
    const perSecond = Math.round(load['2xx'] / load.duration);
    const value = { requests: load['2xx'] + load.non2xx, failed, requestsPerSecond: perSecond, releases };
    return {
      value: { ...value, latencyMs: { p50, p99, max } },
      lines: [
        `${failed} of ${value.requests} requests failed at ${perSecond} requests/s`,
        `${releases.length} releases ended meanwhile: ${releases.join(', ')}`,
        `latency p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`,
      ],
    };
  },
};
