import { describe, expect, test } from '@jest/globals';
import { fromMs, plusSeconds } from '../../lib/contracts/instant.ts';
import type { Caches, DatabaseOperations, Sessions } from '../../lib/ports/data-tier.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from './good.ts';

const soonMs = 20_000;

export type RestartsWorld = {
  port: DatabaseOperations;
  server: string;
  /** Another value after each start. */
  started(): Promise<unknown>;
  now(): string;
};

export const describeRestarts = (name: string, make: () => Promise<RestartsWorld>): void => {
  describe(`DatabaseOperations, restarts: ${name}`, () => {
    test('a server is restarted, and asked for again it stays as it is', async () => {
      const { port, server, started, now } = await make();
      const before = await started();
      const since = now();
      await port.restart(server, 'in-place', since, 1);
      const after = await started();
      expect(after).not.toEqual(before);
      await port.restart(server, 'in-place', since, 1);
      expect(await started()).toEqual(after);
    });

    test('one that was restarted before the moment is restarted', async () => {
      const { port, server, started, now } = await make();
      await port.restart(server, 'in-place', now(), 1);
      const before = await started();
      await port.restart(server, 'in-place', plusSeconds(now(), 60), 2);
      expect(await started()).not.toEqual(before);
    });

    test('an older token is refused, and restarts nothing', async () => {
      const { port, server, started, now } = await make();
      await port.restart(server, 'in-place', now(), 5);
      const before = await started();
      const late = port.restart(server, 'in-place', plusSeconds(now(), 60), 4);
      await expect(late).rejects.toEqual(failure('LeaseLost'));
      expect(await started()).toEqual(before);
    });

    test('a server that is not there is refused by all', async () => {
      const { port, now } = await make();
      const growth = { byPercent: 50, atMostGib: 1000, stamp: 'a' };
      await expect(port.restart('nobody', 'in-place', now(), 1)).rejects.toEqual(failure('InstanceNotFound'));
      await expect(port.promote('nobody', 1)).rejects.toEqual(failure('InstanceNotFound'));
      await expect(port.extendStorage('nobody', growth, 1)).rejects.toEqual(failure('InstanceNotFound'));
    });
  });
};

export type StorageWorld = {
  port: DatabaseOperations;
  /** It has 100 GiB. */
  server: string;
  gib(): Promise<number>;
};

export const describeStorage = (name: string, make: () => Promise<StorageWorld>): void => {
  describe(`DatabaseOperations, storage: ${name}`, () => {
    test('a disk grows once for each stamp', async () => {
      const { port, server, gib } = await make();
      const growth = { byPercent: 20, atMostGib: 1000 };
      expect(await port.extendStorage(server, { ...growth, stamp: 'a' }, 1)).toEqual({ fromGib: 100, toGib: 120 });
      expect(await port.extendStorage(server, { ...growth, stamp: 'a' }, 1)).toEqual({ fromGib: 100, toGib: 120 });
      expect(await gib()).toBe(120);
      expect(await port.extendStorage(server, { ...growth, stamp: 'b' }, 2)).toEqual({ fromGib: 120, toGib: 144 });
      expect(await gib()).toBe(144);
    });

    test('it never grows beyond the limit, and not at all where the limit is near or below', async () => {
      const { port, server, gib } = await make();
      for (const atMostGib of [50, 100, 109])
        await expect(port.extendStorage(server, { byPercent: 100, atMostGib, stamp: 'a' }, 1)).rejects.toEqual(
          failure('ActionImpossible'),
        );
      expect(await gib()).toBe(100);
      await port.extendStorage(server, { byPercent: 100, atMostGib: 130, stamp: 'b' }, 1);
      expect(await gib()).toBe(130);
    });

    test('an older token is refused, and nothing grows', async () => {
      const { port, server, gib } = await make();
      await port.extendStorage(server, { byPercent: 20, atMostGib: 1000, stamp: 'a' }, 5);
      const late = port.extendStorage(server, { byPercent: 20, atMostGib: 1000, stamp: 'b' }, 4);
      await expect(late).rejects.toEqual(failure('LeaseLost'));
      expect(await gib()).toBe(120);
    });
  });
};

export type PromotionWorld = {
  port: DatabaseOperations;
  /** A server that takes writes, and one that follows it. */
  server: string;
  replica: string;
  follows(): Promise<boolean>;
  /** The server is gone, or takes no writes any more. */
  lose(): Promise<void>;
};

export const describePromotion = (name: string, make: () => Promise<PromotionWorld>): void => {
  describe(`DatabaseOperations, promotion: ${name}`, () => {
    test('as long as what it follows takes writes a copy is not promoted', async () => {
      const { port, replica, follows } = await make();
      await expect(port.promote(replica, 1)).rejects.toEqual(failure('ActionImpossible'));
      expect(await follows()).toBe(true);
    });

    test('a copy of one that is lost is promoted, and stays so', async () => {
      const { port, replica, follows, lose } = await make();
      await lose();
      await port.promote(replica, 1);
      await until('the end of a promotion', soonMs, async () => !(await follows()));
      await port.promote(replica, 1);
      expect(await follows()).toBe(false);
    });

    test('one that follows nobody stays as it is', async () => {
      const { port, server, follows } = await make();
      await port.promote(server, 1);
      expect(await follows()).toBe(true);
    });
  });
};

export type SessionsWorld = {
  port: Sessions;
  server: string;
  /** A first session holds what a second waits for, which holds what a third waits for. */
  queue(): Promise<void>;
  /** Who of the three is connected, by these words. */
  connected(): Promise<string[]>;
};

export const describeSessions = (name: string, make: () => Promise<SessionsWorld>): void => {
  describe(`Sessions: ${name}`, () => {
    test('whom others have waited for is ended, and who waited goes on', async () => {
      const { port, server, queue, connected } = await make();
      await queue();
      expect(await port.endBlocking(server, 0)).toBe(1);
      await until('the end of the first', soonMs, async () => !(await connected()).includes('first'));
      expect(await connected()).toEqual(['second', 'third']);
    });

    test('nobody is ended whom others have not waited for long enough', async () => {
      const { port, server, queue, connected } = await make();
      await queue();
      expect(await port.endBlocking(server, 3600)).toBe(0);
      expect(await connected()).toEqual(['first', 'second', 'third']);
    });

    test('where nobody waits nobody is ended', async () => {
      const { port, server } = await make();
      expect(await port.endBlocking(server, 0)).toBe(0);
    });

    test('a server that is not there is refused', async () => {
      const { port } = await make();
      await expect(port.endBlocking('nobody', 1)).rejects.toEqual(failure('InstanceNotFound'));
    });
  });
};

export type CachesWorld = {
  port: Caches;
  cache: string;
  failovers(): Promise<number>;
  now(): string;
};

export const describeCaches = (name: string, make: () => Promise<CachesWorld>): void => {
  describe(`Caches: ${name}`, () => {
    test('a cache fails over once for each moment', async () => {
      const { port, cache, failovers, now } = await make();
      const since = now();
      await port.failOver(cache, since, 1);
      await port.failOver(cache, since, 1);
      expect(await failovers()).toBe(1);
      await port.failOver(cache, plusSeconds(since, 60), 2);
      expect(await failovers()).toBe(2);
    });

    test('an older token is refused, and nothing fails over', async () => {
      const { port, cache, failovers, now } = await make();
      await port.failOver(cache, now(), 5);
      await expect(port.failOver(cache, plusSeconds(now(), 60), 4)).rejects.toEqual(failure('LeaseLost'));
      expect(await failovers()).toBe(1);
    });

    test('one that is not there is refused', async () => {
      const { port, now } = await make();
      await expect(port.failOver('nobody', now(), 1)).rejects.toEqual(failure('ActionImpossible'));
    });
  });
};

/** The time of this machine. */
export const presently = (): string => fromMs(Date.now());
