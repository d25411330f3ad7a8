import { fromMs } from '../../../lib/contracts/instant.ts';
import type { Slot } from '../../../lib/contracts/names.ts';
import { send } from '../../../twin/live/process/http.ts';
import { until } from '../../../twin/live/process/until.ts';
import { published, shifted } from '../../../twin/live/router/route.ts';
import { openRouter, type Router } from '../../../twin/live/router/router.ts';

export const service = 'shop';

export type RouterUnderTest = {
  router: Router;
  port: number;
  get(path?: string): ReturnType<typeof send>;
  publish(slot: Slot, ports: readonly number[]): Promise<void>;
  weigh(green: number): Promise<void>;
  /** What was counted of a slot, once it amounts to so many requests. */
  counted(slot: Slot, requests: number): Promise<{ requests: number; failures: number }>;
};

export const routerIn = async (folder: string): Promise<RouterUnderTest> => {
  const router = await openRouter(folder);
  const { port } = await router.serve(service);
  const total = (slot: Slot) => {
    const now = Date.now();
    return router
      .listener(service)
      .tally.read(now - 60_000, now)
      .filter((bucket) => bucket.slot === slot)
      .reduce(
        (sum, { requests, failures }) => ({ requests: sum.requests + requests, failures: sum.failures + failures }),
        {
          requests: 0,
          failures: 0,
        },
      );
  };
  return {
    router,
    port,
    get: (path = '/') => send({ port, path, timeoutMs: 5000 }),
    publish: (slot, ports) =>
      router.change(service, (route) =>
        published(route, { service, slot, endpoints: ports.map((at) => ({ pod: `pod-${at}`, port: at })) }),
      ),
    weigh: (green) => router.change(service, (route) => shifted(service, route, { blue: 100 - green, green }, 1)),
    counted: (slot, requests) =>
      until(`${requests} requests counted since ${fromMs(0)}`, 5000, () => {
        const found = total(slot);
        return found.requests >= requests && found;
      }),
  };
};
