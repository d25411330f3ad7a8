import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from '@jest/globals';
import type { Slot } from '../../../lib/contracts/names.ts';
import type { NodeOperations } from '../../../twin/live/cluster/operations.ts';
import { type Ask, askerOf } from '../../../twin/live/control/client.ts';
import { type LiveAccess, openLivePorts, startWorld, stopWorld } from '../../../twin/live/index.ts';
import { until } from '../../../twin/live/process/until.ts';
import type { RouterOperations } from '../../../twin/live/router/operations.ts';
import { newFolder } from './folder.ts';

export type LiveWorld = LiveAccess & {
  folder: string;
  router: Ask<RouterOperations>;
  node: Ask<NodeOperations>;
  /** Returns when the slot is as ready, or as hopeless, as it will get, and nothing of its past runs any more. */
  settled(service: string, slot: Slot): Promise<void>;
};

const settledWithinMs = 15_000;

export const openWorld = async (options: { services: string[]; database?: boolean }): Promise<LiveWorld> => {
  const folder = await newFolder();
  await startWorld(folder, { database: false, ...options });
  const node = askerOf<NodeOperations>(folder, 'node');
  const settled = async (service: string, slot: Slot) => {
    await until(`${service} ${slot} settled`, settledWithinMs, async () => {
      const { wanted, ready, crashing } = await node('slot', { service, slot });
      const { length } = await node('pods', { service, slot });
      return crashing || (ready === wanted && length === wanted);
    });
  };
  return { ...openLivePorts(folder), folder, node, router: askerOf<RouterOperations>(folder, 'router'), settled };
};

export const closeWorld = async ({ folder, close }: LiveWorld): Promise<void> => {
  close();
  await stopWorld(folder);
  await rm(folder, { recursive: true, force: true });
};

/** For a test that wants a world of its own; every process of it is ended whatever the test does. */
export const inWorld = async (
  options: { services: string[]; database?: boolean },
  work: (world: LiveWorld) => Promise<void>,
): Promise<void> => {
  const world = await openWorld(options);
  try {
    await work(world);
  } finally {
    await closeWorld(world);
  }
};

/** One world for all tests of a file; each takes a service of its own from it. */
export const sharedWorld = () => {
  let world: LiveWorld | undefined;
  let taken = 0;
  const current = () => {
    if (!world) throw new Error('the world is there only while tests run');
    return world;
  };
  beforeAll(async () => {
    world = await openWorld({ services: [] });
  });
  afterAll(() => closeWorld(current()));
  return {
    current,
    async newService() {
      taken += 1;
      const service = `shop-${taken}`;
      await current().router('serve', { service });
      return service;
    },
  };
};
