import type { Image } from '../../../lib/contracts/image.ts';
import type { Digest } from '../../../lib/contracts/names.ts';
import type { Images } from '../../../lib/ports/images.ts';

export const modelImages = (registry: ReadonlyMap<Digest, Image>): Images => ({
  find: async (_service, digest) => registry.get(digest),
});
