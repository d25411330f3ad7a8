import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { cloudFrontEdge } from '../../lib/adapters/edge/cloudfront.ts';
import { ruleSchedules } from '../../lib/adapters/edge/schedules.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ActionImpossible } from '../../lib/contracts/failures.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { Acted, remedyInput } from '../../lib/contracts/remedy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { type Act, actUnderLease } from '../../lib/runtime/act-under-lease.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type ActNeeds = Needs<'edge' | 'schedules' | 'catalogs' | 'leases' | 'ledger' | 'clock'>;

/** Acts on what stands before the services, and on what calls functions at certain times. */
export const actOnEdge = step({
  name: 'ActOnEdge',
  input: v.object({ ...remedyInput, attempt: Attempt }),
  output: Acted,
  run: (ports: ActNeeds, input, call) => actUnderLease(ports, actOn(ports), input, call),
});

const actOn =
  ({ edge, schedules }: ActNeeds): Act =>
  async ({ act, id: stamp }) => {
    if (act.kind === 'purge-path' && act.distribution !== undefined) {
      await edge.purge(act.distribution, act.path, stamp);
      return { did: `purged ${act.path} of ${act.distribution}` };
    }
    if (act.kind === 'pause-schedule' && act.schedule !== undefined) {
      await schedules.pause(act.schedule);
      return { did: `paused the schedule ${act.schedule}, until somebody turns it on` };
    }
    throw new ActionImpossible(`${act.kind}: the alarm is about no distribution and no schedule`, { act });
  };

export const handler = lambda(actOnEdge, {
  edge: cloudFrontEdge,
  schedules: ruleSchedules,
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
