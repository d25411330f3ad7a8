import type { Catalog } from '../../../lib/contracts/catalog.ts';
import { ServiceUnknown } from '../../../lib/contracts/failures.ts';
import type { Digest, ServiceName } from '../../../lib/contracts/names.ts';
import { seededRandom } from '../random.ts';
import type { Behaviour } from './behaviour.ts';
import { ServiceWorld } from './service-world.ts';

interface Surroundings {
  readonly seed: number;
  readonly now: () => number;
  readonly behaviourOf: (digest: Digest) => Behaviour;
}

/** The worlds of all services of a catalog. Each has a row of random numbers of its own. */
export class Services {
  readonly #byName: ReadonlyMap<ServiceName, ServiceWorld>;

  constructor({ services }: Catalog, { seed, now, behaviourOf }: Surroundings) {
    this.#byName = new Map(
      services.map(({ name, floor }, index) => {
        const random = seededRandom(seed + index);
        return [name, new ServiceWorld({ floor, random, now, behaviourOf })];
      }),
    );
  }

  get(name: ServiceName): ServiceWorld {
    const found = this.#byName.get(name);
    if (!found) throw new ServiceUnknown(name, [...this.#byName.keys()]);
    return found;
  }
}
