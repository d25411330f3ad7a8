import * as v from 'valibot';
import { Instant } from '../../../lib/contracts/instant.ts';
import { Digest, ServiceName, Slot } from '../../../lib/contracts/names.ts';
import { operation } from '../control/operation.ts';
import { type Park, podsIn, readyIn, slotState } from './park.ts';
import { recyclePod, seenPods } from './recycle.ts';
import { fenced, filled, grown, mostReplicas, pinned, retired, startedAnew, wantedOf, wishOf } from './wish.ts';

const replicas = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostReplicas));
const OfSlot = v.strictObject({ service: ServiceName, slot: Slot });
const Fenced = v.strictObject({ ...OfSlot.entries, token: v.number() });
const Fill = v.strictObject({ ...Fenced.entries, digest: Digest, replicas });
const Restart = v.strictObject({ ...Fenced.entries, at: Instant });
const Pin = v.strictObject({ ...Fenced.entries, replicas });
const Scale = v.strictObject({ ...Restart.entries, by: replicas, atMost: v.number() });
const OfPod = v.strictObject({ ...Fenced.entries, pod: v.string() });

/** What the node can be asked on its control port. */
export const nodeOperations = (park: Park) => ({
  slot: operation(OfSlot, ({ service, slot }) => slotState(park, service, slot)),
  pods: operation(OfSlot, ({ service, slot }) => podsIn(park, service, slot)),
  ready: operation(OfSlot, ({ service, slot }) => readyIn(park, service, slot)),
  fill: operation(Fill, ({ service, slot, token, digest, replicas }) =>
    park.wishes.change((wishes) => fenced(wishes, service, slot, token, filled(digest, replicas))),
  ),
  pinFloor: operation(Pin, ({ service, slot, token, replicas }) =>
    park.wishes.change((wishes) => fenced(wishes, service, slot, token, pinned(replicas))),
  ),
  restart: operation(Restart, ({ service, slot, token, at }) =>
    park.wishes.change((wishes) => fenced(wishes, service, slot, token, startedAnew(at))),
  ),
  scaleUp: operation(Scale, async ({ service, slot, token, at, ...to }) => {
    await park.wishes.change((wishes) => fenced(wishes, service, slot, token, grown(slot, to, at)));
    return wantedOf(wishOf(park.wishes.current, service).slots[slot]);
  }),
  seenPods: operation(OfSlot, ({ service, slot }) => seenPods(park, service, slot)),
  recycle: operation(OfPod, ({ service, slot, token, pod }) => recyclePod(park, service, slot, { pod, token })),
  retire: operation(Fenced, ({ service, slot, token }) =>
    park.wishes.change((wishes) => fenced(wishes, service, slot, token, retired)),
  ),
});
export type NodeOperations = ReturnType<typeof nodeOperations>;
