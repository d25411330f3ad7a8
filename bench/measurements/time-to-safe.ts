import type { ControlPlane } from '../../cli/control-plane/control-plane.ts';
import { awaitEnd, startRelease } from '../../cli/tour/release.ts';
import type { Stage } from '../../cli/tour/stage.ts';
import { countsBetween, type Mishap } from '../../cli/traffic/users.ts';
import { otherSlot } from '../../lib/contracts/names.ts';
import { type Bench, type Measured, type Measurement, rounded } from '../measurement.ts';
import { writePatientCatalog } from '../patient-catalog.ts';
import { onTwin } from '../twin.ts';

/** Each passes every check before the shift, so that only the watch can find it. */
const samples = ['late-errors-1', 'late-errors-5', 'late-errors-20', 'late-errors-100', 'late-crash-loop'] as const;

const newSlotPerSecond = 10;
/** At 5 % of traffic ten requests a second on the new slot are this many in all. */
const mostPerSecond = 200;
const betweenLooksMs = 250;

type Found = {
  sample: string;
  status: string;
  /** From the start of the first bad ten seconds to the verified undo, as the release's record has it. */
  timeToSafeSeconds: number | null;
  /** From the first failed answer to the last one, as users saw it. */
  firstToLastFailureSeconds: number;
  requests: number;
  failed: number;
  /** How often each failure was met. */
  failures: Record<string, number>;
};

/** Keeps ten requests a second on the new slot, whatever share of traffic it has. */
const paced = () => {
  let perSecond = newSlotPerSecond;
  const follow = async ({ ports }: ControlPlane, service: string): Promise<void> => {
    const [live, weights] = await Promise.all([ports.releases.live(service), ports.traffic.weights(service)]);
    const share = live ? weights[otherSlot(live.slot)] / 100 : 0;
    perSecond = share > 0 ? Math.min(mostPerSecond, newSlotPerSecond / share) : newSlotPerSecond;
  };
  return { perSecond: () => perSecond, follow };
};

const measureOne = async (stage: Stage, sample: string): Promise<Found> => {
  const before = stage.users.counts();
  const mishapsBefore = stage.users.mishaps().length;
  const { status, timeToSafeMs } = await awaitEnd(stage, await startRelease(stage, sample));
  const { requests, failed } = countsBetween(before, stage.users.counts());
  const mishaps = stage.users.mishaps().slice(mishapsBefore);
  const spanMs = (mishaps.at(-1)?.at ?? 0) - (mishaps[0]?.at ?? 0);
  const timeToSafeSeconds = timeToSafeMs === undefined ? null : rounded(timeToSafeMs / 1000);
  const firstToLastFailureSeconds = rounded(spanMs / 1000);
  return { sample, status, timeToSafeSeconds, firstToLastFailureSeconds, requests, failed, failures: tally(mishaps) };
};

const tally = (mishaps: readonly Mishap[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { what } of mishaps) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
};

const measureAll = async (stage: Stage, pace: ReturnType<typeof paced>): Promise<Found[]> => {
  const plane = await stage.plane();
  const timer = setInterval(() => void pace.follow(plane, stage.service).catch(() => {}), betweenLooksMs);
  try {
    const found: Found[] = [];
    for (const sample of samples) found.push(await measureOne(stage, sample));
    return found;
  } finally {
    clearInterval(timer);
  }
};

export const timeToSafe: Measurement = {
  name: 'time-to-safe',
  title: 'From the first bad ten seconds to all traffic on the good slot, at 10 requests/s on the new one',
  async run(bench: Bench): Promise<Measured> {
    const pace = paced();
    const options = { usersPerSecond: pace.perSecond, writeCatalog: writePatientCatalog };
    const releases = await onTwin(bench, options, (stage) => measureAll(stage, pace));
    const line = ({ sample, status, timeToSafeSeconds, requests, failed }: Found) =>
      `${sample}: ${status}, safe after ${timeToSafeSeconds ?? '-'} s; ${failed} of ${requests} requests failed`;
    return { value: { newSlotRequestsPerSecond: newSlotPerSecond, releases }, lines: releases.map(line) };
  },
};
