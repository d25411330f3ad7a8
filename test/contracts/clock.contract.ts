import { describe, expect, test } from '@jest/globals';
import { fromMs, toMs } from '../../lib/contracts/instant.ts';
import type { Clock } from '../../lib/ports/clock.ts';

export const describeClock = (name: string, make: () => Promise<{ port: Clock }>): void => {
  describe(`Clock: ${name}`, () => {
    test('a moment is written as all moments are, so that it sorts as text', async () => {
      const { port } = await make();
      const now = port.now();
      expect(fromMs(toMs(now))).toBe(now);
    });

    test('time does not run backwards', async () => {
      const { port } = await make();
      const before = port.now();
      expect(port.now() >= before).toBe(true);
    });
  });
};
