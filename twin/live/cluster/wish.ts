import * as v from 'valibot';
import { LeaseLost } from '../../../lib/contracts/failures.ts';
import { Instant } from '../../../lib/contracts/instant.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import { Digest, ServiceName, type Slot } from '../../../lib/contracts/names.ts';
import { scaledTo } from '../../../lib/domain/remediation/scaled-to.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** So many restarts of one replica mean that the release, not the machine, is at fault. */
const restartsThatCrash = 3;

/**
 * What a slot should run. A `generation` is one filling with one digest; restarts are counted per replica within it.
 * `crashing` stays for the rest of the generation: a crash loop looks healthy between two crashes.
 */
export const Wish = v.strictObject({
  digest: v.optional(Digest),
  replicas: count,
  floor: count,
  generation: count,
  restarts: v.record(v.string(), count),
  crashing: v.boolean(),
  restartedAt: v.optional(Instant),
  scaledAt: v.optional(Instant),
  /** The first generation of those that differ by a restart only; their pods serve until they are replaced. */
  since: v.optional(count),
});
export type Wish = v.InferOutput<typeof Wish>;

/** `token`: the newest fencing token that changed this service. */
export const ServiceWish = v.strictObject({ token: v.number(), slots: v.strictObject({ blue: Wish, green: Wish }) });
export type ServiceWish = v.InferOutput<typeof ServiceWish>;

export const Wishes = v.record(ServiceName, ServiceWish);
export type Wishes = v.InferOutput<typeof Wishes>;

const emptySlot: Wish = { replicas: 0, floor: 0, generation: 0, restarts: {}, crashing: false };
const noWish: ServiceWish = { token: 0, slots: { blue: emptySlot, green: emptySlot } };

export const wishOf = (wishes: Wishes, service: ServiceName): ServiceWish =>
  (Object.hasOwn(wishes, service) ? wishes[service] : undefined) ?? noWish;

/** How many pods should run: the floor holds whatever scaling asks for, except for a slot that was emptied. */
export const wantedOf = ({ replicas, floor }: Wish): number => (replicas === 0 ? 0 : Math.max(replicas, floor));

type Change = (wish: Wish) => Wish;

/** Errors: `LeaseLost` for a token older than the newest seen. */
export const fenced = (wishes: Wishes, service: ServiceName, slot: Slot, token: number, change: Change): Wishes => {
  const known = wishOf(wishes, service);
  if (token < known.token) throw new LeaseLost(leaseOf(service), token, known.token);
  return { ...wishes, [service]: { token, slots: { ...known.slots, [slot]: change(known.slots[slot]) } } };
};

/** The same digest again is the same generation, with its history of crashes. */
export const filled =
  (digest: Digest, replicas: number): Change =>
  (wish) =>
    wish.digest === digest && wish.replicas > 0
      ? { ...wish, replicas, floor: replicas }
      : { digest, replicas, floor: replicas, generation: wish.generation + 1, restarts: {}, crashing: false };

export const pinned =
  (floor: number): Change =>
  (wish) => ({ ...wish, floor });

/** The same restart again is none, and where nothing runs there is nothing to start anew. */
export const startedAnew =
  (at: Instant): Change =>
  (wish) =>
    wish.restartedAt === at || wish.replicas === 0
      ? wish
      : {
          ...wish,
          restartedAt: at,
          since: wish.since ?? wish.generation,
          generation: wish.generation + 1,
          restarts: {},
          crashing: false,
        };

/** The most that a slot may have here, as an autoscaler's `maxReplicas`. */
export const mostReplicas = 100;

/** More pods, once for each moment. Errors: `ActionImpossible`. */
export const grown =
  (slot: Slot, { by, atMost }: { by: number; atMost: number }, at: Instant): Change =>
  (wish) => {
    if (wish.scaledAt === at) return wish;
    const replicas = scaledTo(slot, wantedOf(wish), { by, atMost: Math.min(atMost, mostReplicas) });
    return { ...wish, replicas, floor: replicas, scaledAt: at };
  };

/** What is done to single pods is under the same fence, and changes no wish. */
export const unchanged: Change = (wish) => wish;

/** A slot that runs nothing has no version and no crashes; the next filling is a new generation. */
export const retired: Change = ({ generation }) => ({ ...emptySlot, generation });

/** One more restart of a replica, unless it belongs to a generation that is over. */
export const restarted =
  (generation: number, ordinal: number): Change =>
  (wish) => {
    if (wish.generation !== generation) return wish;
    const times = (wish.restarts[ordinal] ?? 0) + 1;
    return {
      ...wish,
      restarts: { ...wish.restarts, [ordinal]: times },
      crashing: wish.crashing || times >= restartsThatCrash,
    };
  };
