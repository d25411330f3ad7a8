import { describe, expect, test } from '@jest/globals';
import type { Releases } from '../../lib/ports/releases.ts';
import { aLiveRelease, aRelease, digestOf, failure } from './good.ts';

/** `make` gives an empty store each time. */
export const describeReleases = (name: string, make: () => Promise<{ port: Releases }>): void => {
  describe(`Releases: ${name}`, () => {
    test('an empty store knows nothing', async () => {
      const { port } = await make();
      expect(await port.live('shop')).toBeUndefined();
      expect(await port.find('shop-r1')).toBeUndefined();
      expect(await port.recent('shop', 10)).toEqual([]);
      expect(await port.badReason('shop', digestOf('b'))).toBeUndefined();
    });

    test('a planned release is found as it was planned', async () => {
      const { port } = await make();
      await port.plan(aRelease());
      expect(await port.find('shop-r1')).toEqual(aRelease());
    });

    test('planning the same id again leaves the first as it is', async () => {
      const { port } = await make();
      await port.plan(aRelease());
      await port.plan(aRelease({ digest: digestOf('c'), plannedAt: '2026-05-01T11:00:00.000Z' }));
      expect(await port.recent('shop', 10)).toEqual([aRelease()]);
    });

    test('recent releases come newest plan first, up to the limit, of one service only', async () => {
      const { port } = await make();
      const second = aRelease({ releaseId: 'shop-r2', plannedAt: '2026-05-02T10:00:00.000Z' });
      const third = aRelease({ releaseId: 'shop-r3', plannedAt: '2026-05-03T10:00:00.000Z' });
      const other = aRelease({
        releaseId: 'shop-admin-r1',
        service: 'shop-admin',
        plannedAt: '2026-05-04T10:00:00.000Z',
      });
      for (const release of [second, third, other, aRelease()]) await port.plan(release);
      expect(await port.recent('shop', 2)).toEqual([third, second]);
      expect(await port.recent('shop', 10)).toEqual([third, second, aRelease()]);
    });

    test('advancing changes the named fields and no other', async () => {
      const { port } = await make();
      await port.plan(aRelease());
      await port.advance('shop-r1', { status: 'shifting' });
      expect(await port.find('shop-r1')).toEqual(aRelease({ status: 'shifting' }));
    });

    test('an ended release keeps its end', async () => {
      const { port } = await make();
      const end = { status: 'promoted', endedAt: '2026-05-01T10:30:00.000Z', reason: 'all healthy' } as const;
      await port.plan(aRelease());
      await port.advance('shop-r1', end);
      await port.advance('shop-r1', { status: 'undone', endedAt: '2026-05-01T10:31:00.000Z', timeToSafeMs: 9000 });
      expect(await port.find('shop-r1')).toEqual(aRelease(end));
    });

    test('a release that was never planned cannot advance', async () => {
      const { port } = await make();
      await expect(port.advance('shop-r9', { status: 'shifting' })).rejects.toEqual(failure('RecordCorrupt'));
      expect(await port.find('shop-r9')).toBeUndefined();
    });

    test('what is live is what was last declared', async () => {
      const { port } = await make();
      const next = aLiveRelease({ slot: 'green', digest: digestOf('b'), releaseId: 'shop-r1' });
      await port.setLive('shop', aLiveRelease(), 1);
      await port.setLive('shop', next, 2);
      expect(await port.live('shop')).toEqual(next);
      expect(await port.live('shop-admin')).toBeUndefined();
    });

    test('the same token may declare again, so a retry does no harm', async () => {
      const { port } = await make();
      await port.setLive('shop', aLiveRelease(), 4);
      await port.setLive('shop', aLiveRelease(), 4);
      expect(await port.live('shop')).toEqual(aLiveRelease());
    });

    test('an older token cannot declare what is live', async () => {
      const { port } = await make();
      await port.setLive('shop', aLiveRelease(), 5);
      const late = port.setLive('shop', aLiveRelease({ slot: 'green' }), 4);
      await expect(late).rejects.toEqual(failure('LeaseLost'));
      expect(await port.live('shop')).toEqual(aLiveRelease());
    });

    test('a bad digest stays bad for its service, with the first reason', async () => {
      const { port } = await make();
      await port.markBad('shop', digestOf('b'), '5 % errors');
      await port.markBad('shop', digestOf('b'), 'somebody else says so too');
      expect(await port.badReason('shop', digestOf('b'))).toBe('5 % errors');
      expect(await port.badReason('shop', digestOf('a'))).toBeUndefined();
      expect(await port.badReason('shop-admin', digestOf('b'))).toBeUndefined();
    });
  });
};
