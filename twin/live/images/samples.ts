import type { Image } from '../../../lib/contracts/image.ts';
import type { Digest, ServiceName } from '../../../lib/contracts/names.ts';
import type { Behaviour } from './image-content.ts';
import { pushImage } from './registry.ts';

type Sample = { behaviour: Partial<Behaviour>; scan: Image['scan'] };

const clean: Image['scan'] = { status: 'complete', critical: 0, high: 0 };
const good = (): Sample => ({ behaviour: {}, scan: clean });
const bad = (behaviour: Partial<Behaviour>): Sample => ({ behaviour, scan: clean });

/** Releases to try the control plane with: what each does wrong is in its name. `late-…` passes a smoke check first. */
export const samples = {
  'good-1': good(),
  'good-2': good(),
  'good-3': good(),
  'errors-1': bad({ errorPercent: 1 }),
  'errors-5': bad({ errorPercent: 5 }),
  'errors-20': bad({ errorPercent: 20 }),
  'errors-100': bad({ errorPercent: 100 }),
  'late-errors-1': bad({ errorPercent: 1, errorsAfterRequests: 50 }),
  'late-errors-5': bad({ errorPercent: 5, errorsAfterRequests: 50 }),
  'late-errors-20': bad({ errorPercent: 20, errorsAfterRequests: 50 }),
  'late-errors-100': bad({ errorPercent: 100, errorsAfterRequests: 50 }),
  /** Good for as long as a release is watched; then it fails until it is started anew, as one that leaks does. */
  leaks: bad({ errorPercent: 100, errorsAfterRequests: 2500 }),
  slow: bad({ delayMs: 3000 }),
  'crash-loop': bad({ crashesAfterMs: 0 }),
  flapping: bad({ crashesAfterMs: 500 }),
  'late-crash-loop': bad({ crashesAtRequest: 50 }),
  critical: { behaviour: {}, scan: { status: 'complete', critical: 2, high: 5 } },
  unscanned: { behaviour: {}, scan: { status: 'absent' } },
} as const satisfies Record<string, Sample>;
export type SampleName = keyof typeof samples;

const sampleNames = Object.keys(samples) as SampleName[];

/** Puts every sample into the service's repository; returns their digests by name. */
export const pushSamples = async (stateDir: string, service: ServiceName): Promise<Record<SampleName, Digest>> => {
  const push = async (tag: SampleName) => {
    const { behaviour, scan } = samples[tag];
    return [tag, await pushImage(stateDir, { repository: service, tag, behaviour }, scan)];
  };
  return Object.fromEntries(await Promise.all(sampleNames.map(push)));
};
