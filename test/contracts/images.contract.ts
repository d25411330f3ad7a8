import { describe, expect, test } from '@jest/globals';
import type { Image } from '../../lib/contracts/image.ts';
import type { Images } from '../../lib/ports/images.ts';
import { digestOf } from './good.ts';

export type ImagesWorld = {
  port: Images;
  /** A service with a registry of its own, empty at first. */
  service: string;
  push(image: Image): Promise<void>;
};

export const describeImages = (name: string, make: () => Promise<ImagesWorld>): void => {
  describe(`Images: ${name}`, () => {
    test('a digest that is not in the registry is not found', async () => {
      const { port, service, push } = await make();
      await push({ digest: digestOf('a'), scan: { status: 'absent' } });
      expect(await port.find(service, digestOf('b'))).toBeUndefined();
    });

    test.each<Image['scan']>([
      { status: 'complete', critical: 0, high: 0 },
      { status: 'complete', critical: 2, high: 5 },
      { status: 'pending' },
      { status: 'failed' },
      { status: 'absent' },
    ])('an image says what its scan found: %j', async (scan) => {
      const { port, service, push } = await make();
      const image = { digest: digestOf('a'), scan };
      await push(image);
      expect(await port.find(service, image.digest)).toEqual(image);
    });
  });
};
