import { type ServiceName, type Slot, slots } from '../../../lib/contracts/names.ts';
import { buryPods, meetPods } from './census.ts';
import { advanceDrain } from './drain.ts';
import { checkHealth } from './health.ts';
import { launch, replicaKey } from './launch.ts';
import { type Park, podsIn } from './park.ts';
import { backOffMs, planSlot } from './plan.ts';
import { enterPhase } from './pod.ts';
import { wishOf } from './wish.ts';

/** One look at what runs and one step towards what is wished. Harmless to repeat, at any time, after any crash. */
export const reconcile = async (park: Park, nowMs: number): Promise<void> => {
  await meetPods(park, nowMs);
  await buryPods(park, nowMs);
  for (const pod of park.pods.values()) void checkHealth(pod, nowMs);
  for (const { service, slot } of allSlots(park)) steer(park, service, slot, nowMs);
  const told = allSlots(park).map(({ service, slot }) =>
    park.publisher.publish(service, slot, [...park.pods.values()]),
  );
  await allDone(told);
  await allDone([...park.pods.values()].map((pod) => advanceDrain(pod, park.publisher, park.router, nowMs)));
};

const allSlots = (park: Park): { service: ServiceName; slot: Slot }[] => {
  const services = new Set(Object.keys(park.wishes.current));
  for (const { service } of park.pods.values()) services.add(service);
  return [...services].flatMap((service) => slots.map((slot) => ({ service, slot })));
};

const steer = (park: Park, service: ServiceName, slot: Slot, nowMs: number): void => {
  const wish = wishOf(park.wishes.current, service).slots[slot];
  const { digest, generation } = wish;
  const mayStart = (ordinal: number) => {
    const crashedAtMs = park.crashedAtMs.get(replicaKey({ service, slot, generation, ordinal })) ?? 0;
    return nowMs >= crashedAtMs + backOffMs(wish.restarts[ordinal] ?? 0);
  };
  const { start, drain } = planSlot(wish, podsIn(park, service, slot), mayStart);
  for (const pod of drain) enterPhase(pod, 'draining', nowMs);
  if (digest === undefined) return;
  for (const ordinal of start) {
    const pod = launch(park.stateDir, { service, slot, digest, generation, ordinal }, nowMs);
    park.pods.set(pod.pod, pod);
  }
};

/** One slot's trouble must not hold up the others. */
const allDone = async (work: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
};
