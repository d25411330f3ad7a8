import { describe, expect, test } from '@jest/globals';
import type { Traffic } from '../../lib/ports/traffic.ts';
import { failure } from './good.ts';

const allBlue = { blue: 100, green: 0 };
const allGreen = { blue: 0, green: 100 };

/** `make` gives a service whose traffic is all on blue and was never shifted. */
export const describeTraffic = (name: string, make: () => Promise<{ port: Traffic; service: string }>): void => {
  describe(`Traffic: ${name}`, () => {
    test('the weights in force are shown', async () => {
      const { port, service } = await make();
      expect(await port.weights(service)).toEqual(allBlue);
    });

    test('a shift is in force when it returns', async () => {
      const { port, service } = await make();
      await port.shift(service, { blue: 95, green: 5 }, 1);
      expect(await port.weights(service)).toEqual({ blue: 95, green: 5 });
    });

    test('the same shift twice is the same as once', async () => {
      const { port, service } = await make();
      await port.shift(service, allGreen, 3);
      await port.shift(service, allGreen, 3);
      expect(await port.weights(service)).toEqual(allGreen);
    });

    test('one token may go forward and back', async () => {
      const { port, service } = await make();
      await port.shift(service, allGreen, 3);
      await port.shift(service, allBlue, 3);
      expect(await port.weights(service)).toEqual(allBlue);
    });

    test('a larger token wins, an older one is refused and moves nothing', async () => {
      const { port, service } = await make();
      await port.shift(service, { blue: 50, green: 50 }, 3);
      await port.shift(service, allBlue, 4);
      await expect(port.shift(service, allGreen, 3)).rejects.toEqual(failure('LeaseLost'));
      expect(await port.weights(service)).toEqual(allBlue);
    });

    test('of two writers that meet, the newer has the last word', async () => {
      const { port, service } = await make();
      await Promise.allSettled([port.shift(service, allGreen, 3), port.shift(service, allBlue, 4)]);
      expect(await port.weights(service)).toEqual(allBlue);
    });

    test.each([
      ['sum to 90', { blue: 60, green: 30 }],
      ['sum to 110', { blue: 60, green: 50 }],
      ['are negative', { blue: 110, green: -10 }],
      ['are fractions', { blue: 99.5, green: 0.5 }],
      ['are not numbers', { blue: Number.NaN, green: 100 }],
    ])('weights that %s are refused and move nothing', async (_, weights) => {
      const { port, service } = await make();
      await expect(port.shift(service, weights, 1)).rejects.toEqual(failure('WeightsInvalid'));
      expect(await port.weights(service)).toEqual(allBlue);
    });
  });
};
