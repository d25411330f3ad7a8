import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ActionImpossible, NothingLive } from '../../lib/contracts/failures.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { Acted, remedyInput } from '../../lib/contracts/remedy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { type Act, actUnderLease } from '../../lib/runtime/act-under-lease.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type ActNeeds = Needs<'cluster' | 'releases' | 'catalogs' | 'leases' | 'ledger' | 'clock'>;

/** Acts on the pods of the slot that is live. The attempt's own moment is the restart's: tried again, it is the same restart. */
export const actOnCluster = step({
  name: 'ActOnCluster',
  input: v.object({ ...remedyInput, attempt: Attempt }),
  output: Acted,
  run: (ports: ActNeeds, input, call) => actUnderLease(ports, actOn(ports), input, call),
});

const actOn =
  ({ cluster, releases }: ActNeeds): Act =>
  async ({ act, at }, { token }) => {
    if (act.kind !== 'restart-rollout' && act.kind !== 'raise-floor')
      throw new ActionImpossible(`${act.kind} is no act on pods`, { act });
    const { service } = act;
    if (service === undefined) throw new ActionImpossible(`${act.kind}: the alarm is about no service`, { act });
    const live = await releases.live(service);
    if (!live) throw new NothingLive(service);
    if (act.kind === 'restart-rollout') await cluster.restart(service, live.slot, at, token);
    else await cluster.pinFloor(service, live.slot, act.to, token);
    return { did: `${says[act.kind]} ${service} ${live.slot}` };
  };

const says = { 'restart-rollout': 'started all pods anew of', 'raise-floor': 'raised the floor of' } as const;

export const handler = lambda(actOnCluster, {
  cluster: eksCluster,
  releases: dynamoReleases,
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
