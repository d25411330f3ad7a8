import { describe, expect, test } from '@jest/globals';
import type { Digest, Slot } from '../../lib/contracts/names.ts';
import type { Cluster } from '../../lib/ports/cluster.ts';
import { failure } from './good.ts';

export type ClusterWorld = {
  port: Cluster;
  /** A service with two empty slots that were never written. */
  service: string;
  /** Two versions that become ready, and one that never does because it crashes. */
  good: Digest;
  better: Digest;
  crashing: Digest;
  /** Returns when the slot is as ready, or as hopeless, as it will get. */
  settled(slot: Slot): Promise<void>;
};

const at = '2026-05-01T10:00:00.000Z';

export const describeCluster = (name: string, make: () => Promise<ClusterWorld>): void => {
  describe(`Cluster: ${name}`, () => {
    test('an empty slot wants nothing and has nothing', async () => {
      const { port, service } = await make();
      expect(await port.slot(service, 'green')).toMatchObject({ wanted: 0, ready: 0, crashing: false });
    });

    test('a filled slot becomes ready with its version, and is not scaled below that', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 3 }, 1);
      await settled('green');
      const expected = { digest: good, wanted: 3, ready: 3, crashing: false, floor: 3 };
      expect(await port.slot(service, 'green')).toEqual(expected);
    });

    test('filling one slot leaves the other alone', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      expect(await port.slot(service, 'blue')).toMatchObject({ wanted: 0, ready: 0 });
    });

    test('the same fill twice is the same as once', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      const before = await port.slot(service, 'green');
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      expect(await port.slot(service, 'green')).toEqual(before);
    });

    test('another version in the same slot: only its own pods count as ready', async () => {
      const { port, service, good, better, crashing, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      await port.fill(service, 'green', { digest: crashing, replicas: 2 }, 1);
      await settled('green');
      expect(await port.slot(service, 'green')).toMatchObject({ digest: crashing, ready: 0, crashing: true });
      await port.fill(service, 'green', { digest: better, replicas: 2 }, 1);
      await settled('green');
      expect(await port.slot(service, 'green')).toMatchObject({ digest: better, ready: 2, crashing: false });
    });

    test('a pinned floor changes nothing else', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'blue', { digest: good, replicas: 2 }, 1);
      await settled('blue');
      await port.pinFloor(service, 'blue', 1, 1);
      expect(await port.slot(service, 'blue')).toMatchObject({ digest: good, wanted: 2, ready: 2, floor: 1 });
    });

    test('a restart starts all pods anew with what they run, and the same restart again does nothing', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      const before = await port.slot(service, 'green');
      await port.restart(service, 'green', at, 1);
      expect(await port.slot(service, 'green')).toEqual({ ...before, ready: 0 });
      await settled('green');
      expect(await port.slot(service, 'green')).toEqual(before);
      await port.restart(service, 'green', at, 1);
      expect(await port.slot(service, 'green')).toEqual(before);
    });

    test('a restart of an empty slot leaves it empty', async () => {
      const { port, service, settled } = await make();
      await port.restart(service, 'green', at, 1);
      await settled('green');
      expect(await port.slot(service, 'green')).toMatchObject({ wanted: 0, ready: 0, crashing: false });
    });

    test('scaled up, a slot has so many more, is not scaled below that, and the same scaling again does nothing', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      expect(await port.scaleUp(service, 'green', { by: 2, atMost: 10 }, at, 1)).toBe(4);
      await settled('green');
      const after = await port.slot(service, 'green');
      expect(after).toEqual({ digest: good, wanted: 4, ready: 4, crashing: false, floor: 4 });
      expect(await port.scaleUp(service, 'green', { by: 2, atMost: 10 }, at, 1)).toBe(4);
      expect(await port.slot(service, 'green')).toEqual(after);
      const later = '2026-05-01T11:00:00.000Z';
      expect(await port.scaleUp(service, 'green', { by: 3, atMost: 5 }, later, 1)).toBe(5);
    });

    test('a slot that has as many as it may, or none at all, is not scaled up', async () => {
      const { port, service, good, settled } = await make();
      const scale = () => port.scaleUp(service, 'green', { by: 2, atMost: 2 }, at, 1);
      await expect(scale()).rejects.toEqual(failure('ActionImpossible'));
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      await expect(scale()).rejects.toEqual(failure('ActionImpossible'));
      expect(await port.slot(service, 'green')).toMatchObject({ wanted: 2, floor: 2 });
    });

    test('a retired slot has nothing', async () => {
      const { port, service, good, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 1);
      await settled('green');
      await port.retire(service, 'green', 1);
      await port.retire(service, 'green', 1);
      await settled('green');
      expect(await port.slot(service, 'green')).toMatchObject({ wanted: 0, ready: 0, crashing: false });
    });

    test('an older token is refused by every write, and changes nothing', async () => {
      const { port, service, good, better, settled } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 5);
      await settled('green');
      const before = await port.slot(service, 'green');
      const late = [
        () => port.fill(service, 'green', { digest: better, replicas: 3 }, 4),
        () => port.pinFloor(service, 'green', 1, 4),
        () => port.restart(service, 'green', at, 4),
        () => port.scaleUp(service, 'green', { by: 1, atMost: 9 }, at, 4),
        () => port.retire(service, 'green', 4),
      ];
      for (const write of late) await expect(write()).rejects.toEqual(failure('LeaseLost'));
      expect(await port.slot(service, 'green')).toEqual(before);
    });

    test('any write with a larger token shuts the older one out of the slot', async () => {
      const { port, service, good, better } = await make();
      await port.fill(service, 'green', { digest: good, replicas: 2 }, 5);
      await port.pinFloor(service, 'green', 1, 6);
      const late = port.fill(service, 'green', { digest: better, replicas: 2 }, 5);
      await expect(late).rejects.toEqual(failure('LeaseLost'));
    });
  });
};
