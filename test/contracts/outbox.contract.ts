import { describe, expect, test } from '@jest/globals';
import type { Outbox } from '../../lib/ports/outbox.ts';
import { aMessage } from './good.ts';

/** `make` gives an empty outbox each time. */
export const describeOutbox = (name: string, make: () => Promise<{ port: Outbox }>): void => {
  describe(`Outbox: ${name}`, () => {
    test('an empty outbox has nothing to deliver', async () => {
      const { port } = await make();
      expect(await port.pending(10)).toEqual([]);
    });

    test('a queued message is pending as it was written', async () => {
      const { port } = await make();
      await port.enqueue(aMessage());
      expect(await port.pending(10)).toEqual([aMessage()]);
    });

    test('the same id again changes nothing, whatever it says', async () => {
      const { port } = await make();
      await port.enqueue(aMessage());
      await port.enqueue(aMessage({ body: 'again', at: '2026-05-01T10:31:00.000Z' }));
      expect(await port.pending(10)).toEqual([aMessage()]);
    });

    test('the oldest comes first, up to the limit', async () => {
      const { port } = await make();
      const older = aMessage({ id: 'older', at: '2026-05-01T09:00:00.000Z' });
      const newer = aMessage({ id: 'newer', at: '2026-05-01T11:00:00.000Z' });
      for (const message of [newer, aMessage(), older]) await port.enqueue(message);
      expect(await port.pending(2)).toEqual([older, aMessage()]);
      expect(await port.pending(10)).toEqual([older, aMessage(), newer]);
    });

    test('messages of the same moment are all kept', async () => {
      const { port } = await make();
      await Promise.all(['a', 'b', 'c'].map((id) => port.enqueue(aMessage({ id }))));
      expect((await port.pending(10)).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
    });
  });
};
