import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { eksPods } from '../../lib/adapters/kubernetes/pods.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { Action } from '../../lib/contracts/action.ts';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import { ActionImpossible, NothingLive } from '../../lib/contracts/failures.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import type { ServiceName, Slot } from '../../lib/contracts/names.ts';
import { Acted, remedyInput } from '../../lib/contracts/remedy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { type Act, actUnderLease } from '../../lib/runtime/act-under-lease.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { recyclePod } from '../../lib/runtime/recycle-pod.ts';
import { step } from '../../lib/runtime/task.ts';

type ActNeeds = Needs<'cluster' | 'pods' | 'releases' | 'catalogs' | 'leases' | 'ledger' | 'clock'>;
type OnSlot = Extract<Action, { kind: (typeof onSlots)[number] }>;
type Place = { service: ServiceName; slot: Slot };

const onSlots = ['restart-rollout', 'raise-floor', 'scale-service', 'recycle-pod'] as const;

/** Acts on the pods of the slot that is live. The attempt's own moment is the act's: tried again, it is the same act. */
export const actOnCluster = step({
  name: 'ActOnCluster',
  input: v.object({ ...remedyInput, attempt: Attempt }),
  output: Acted,
  run(ports: ActNeeds, input, call) {
    const act: Act = async (attempt, { token }) => {
      const wanted = onSlot(attempt.act);
      const place = await liveSlotOf(ports, wanted);
      return { did: await actOn(ports, { ...place, attempt, token, change: input.wish.change }, wanted, call) };
    };
    return actUnderLease(ports, act, input, call);
  },
});

const onSlot = (act: Action): OnSlot => {
  if (onSlots.some((kind) => kind === act.kind)) return act as OnSlot;
  throw new ActionImpossible(`${act.kind} is no act on pods`, { act });
};

const liveSlotOf = async ({ releases }: ActNeeds, act: OnSlot): Promise<Place> => {
  const { kind, service } = act;
  if (service === undefined) throw new ActionImpossible(`${kind}: the alarm is about no service`, { act });
  const live = await releases.live(service);
  if (live) return { service, slot: live.slot };
  throw new NothingLive(service);
};

type On = Place & { attempt: Attempt; token: number; change: AlarmChange };

const actOn = async (ports: ActNeeds, on: On, act: OnSlot, call: Call): Promise<string> => {
  const { service, slot, token, change } = on;
  const { at } = on.attempt;
  switch (act.kind) {
    case 'restart-rollout':
      await ports.cluster.restart(service, slot, at, token);
      return `started all pods anew of ${service} ${slot}`;
    case 'raise-floor':
      await ports.cluster.pinFloor(service, slot, act.to, token);
      return `raised the floor of ${service} ${slot} to ${act.to}`;
    case 'scale-service':
      return `scaled ${service} ${slot} up to ${await ports.cluster.scaleUp(service, slot, act, at, token)} pods`;
    case 'recycle-pod': {
      const named = act.pod ?? change.labels.pod;
      return `took ${await recyclePod(ports, { ...on, named }, token, call)} of ${service} ${slot} away`;
    }
  }
};

export const handler = lambda(actOnCluster, {
  cluster: eksCluster,
  pods: eksPods,
  releases: dynamoReleases,
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
