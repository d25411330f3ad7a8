import { describe, expect, test } from '@jest/globals';
import type { Digest, Slot } from '../../lib/contracts/names.ts';
import type { Cluster } from '../../lib/ports/cluster.ts';
import type { Pods } from '../../lib/ports/pods.ts';
import { failure } from './good.ts';

export type PodsWorld = {
  port: Pods;
  /** Of the same slots, to fill them. */
  cluster: Cluster;
  /** A service with two empty slots that were never written, and a disruption budget that keeps one pod of each. */
  service: string;
  good: Digest;
  /** Returns when the slot is as ready, or as hopeless, as it will get. */
  settled(slot: Slot): Promise<void>;
};

export const describePods = (name: string, make: () => Promise<PodsWorld>): void => {
  const filled = async (replicas: number) => {
    const world = await make();
    await world.cluster.fill(world.service, 'green', { digest: world.good, replicas }, 1);
    await world.settled('green');
    const pods = await world.port.of(world.service, 'green');
    return { ...world, names: pods.map((pod) => pod.name), pods, of: () => world.port.of(world.service, 'green') };
  };

  describe(`Pods: ${name}`, () => {
    test('an empty slot has none', async () => {
      const { port, service } = await make();
      expect(await port.of(service, 'green')).toEqual([]);
    });

    test('each pod has a name, and is seen to be ready', async () => {
      const { names, pods } = await filled(3);
      expect(new Set(names).size).toBe(3);
      expect(pods.every(({ ready, restarts }) => ready && restarts === 0)).toBe(true);
    });

    test('another pod comes in the place of one that is recycled, and the others stay', async () => {
      const { port, service, settled, names, of } = await filled(3);
      const [first = '', ...others] = names;
      await port.recycle(service, 'green', first, 1);
      await settled('green');
      const now = await of();
      expect(now.map((pod) => pod.name)).toEqual(expect.arrayContaining(others));
      expect(now).toHaveLength(3);
      expect(now.map((pod) => pod.name)).not.toContain(first);
      expect(now.every(({ ready }) => ready)).toBe(true);
    });

    test('one that is gone is fine, and nothing else goes in its stead', async () => {
      const { port, service, settled, names, of } = await filled(3);
      await port.recycle(service, 'green', names[0] ?? '', 1);
      await settled('green');
      const before = await of();
      await port.recycle(service, 'green', names[0] ?? '', 1);
      await settled('green');
      expect(await of()).toEqual(before);
    });

    test('its budget keeps the last pod that is ready', async () => {
      const { port, service, names, pods, of } = await filled(1);
      const last = port.recycle(service, 'green', names[0] ?? '', 1);
      await expect(last).rejects.toEqual(failure('DependencyThrottled'));
      expect(await of()).toEqual(pods);
    });

    test('an older token is refused, and changes nothing', async () => {
      const { port, cluster, service, names, pods, of } = await filled(3);
      await cluster.pinFloor(service, 'green', 1, 5);
      await expect(port.recycle(service, 'green', names[0] ?? '', 4)).rejects.toEqual(failure('LeaseLost'));
      expect(await of()).toEqual(pods);
    });

    test('and a larger one shuts older writers out of the slot', async () => {
      const { port, cluster, service, names } = await filled(3);
      await port.recycle(service, 'green', names[0] ?? '', 6);
      await expect(cluster.pinFloor(service, 'green', 1, 5)).rejects.toEqual(failure('LeaseLost'));
    });
  });
};
