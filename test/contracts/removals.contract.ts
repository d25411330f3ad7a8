import { describe, expect, test } from '@jest/globals';
import type { Removals } from '../../lib/ports/backups.ts';

/** So far away that it comes in no world while a test runs. */
const at = '2099-01-01T10:00:00.000Z';
const later = '2099-01-01T11:00:00.000Z';

/** `make` gives a port that nothing is armed with. */
export const describeRemovals = (name: string, make: () => Promise<{ port: Removals }>): void => {
  describe(`Removals: ${name}`, () => {
    test('what was never armed is not', async () => {
      const { port } = await make();
      expect(await port.armed('shop-d1')).toBeUndefined();
    });

    test('what is armed says for when', async () => {
      const { port } = await make();
      await port.arm('shop-d1', at);
      expect(await port.armed('shop-d1')).toBe(at);
      expect(await port.armed('shop-d2')).toBeUndefined();
    });

    test('arming the same drill again changes nothing', async () => {
      const { port } = await make();
      await port.arm('shop-d1', at);
      await port.arm('shop-d1', later);
      expect(await port.armed('shop-d1')).toBe(at);
    });

    test('what is disarmed is no longer armed, and the others are', async () => {
      const { port } = await make();
      await port.arm('shop-d1', at);
      await port.arm('shop-d2', later);
      await port.disarm('shop-d1');
      expect(await port.armed('shop-d1')).toBeUndefined();
      expect(await port.armed('shop-d2')).toBe(later);
    });

    test('disarming what is not armed does no harm', async () => {
      const { port } = await make();
      await port.disarm('shop-d1');
      await port.arm('shop-d1', at);
      await port.disarm('shop-d1');
      await port.disarm('shop-d1');
      expect(await port.armed('shop-d1')).toBeUndefined();
    });

    test('a drill of the longest name is armed too', async () => {
      const { port } = await make();
      const longest = `shop-${'d'.repeat(45)}`;
      await port.arm(longest, at);
      expect(await port.armed(longest)).toBe(at);
    });
  });
};
