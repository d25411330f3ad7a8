import type { Image } from '../contracts/image.ts';
import type { Digest, ServiceName } from '../contracts/names.ts';

export interface Images {
  /** Undefined when the service's registry has no such digest. */
  find(service: ServiceName, digest: Digest): Promise<Image | undefined>;
}
