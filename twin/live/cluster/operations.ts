import * as v from 'valibot';
import { Instant } from '../../../lib/contracts/instant.ts';
import { Digest, ServiceName, Slot } from '../../../lib/contracts/names.ts';
import { operation } from '../control/operation.ts';
import { type Park, podsIn, readyIn, slotState } from './park.ts';
import { fenced, filled, pinned, retired, startedAnew } from './wish.ts';

const replicas = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const OfSlot = v.strictObject({ service: ServiceName, slot: Slot });
const Fenced = v.strictObject({ ...OfSlot.entries, token: v.number() });
const Fill = v.strictObject({ ...Fenced.entries, digest: Digest, replicas });
const Restart = v.strictObject({ ...Fenced.entries, at: Instant });
const Pin = v.strictObject({ ...Fenced.entries, replicas });

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
  retire: operation(Fenced, ({ service, slot, token }) =>
    park.wishes.change((wishes) => fenced(wishes, service, slot, token, retired)),
  ),
});
export type NodeOperations = ReturnType<typeof nodeOperations>;
