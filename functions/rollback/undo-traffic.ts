import * as v from 'valibot';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { ServiceName } from '../../lib/contracts/names.ts';
import { Target } from '../../lib/contracts/release.ts';
import { weightsTowards } from '../../lib/domain/traffic/weights.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** The undo: one idempotent write, conditional on the fencing token alone. It needs nothing else to be well, not even the ledger. */
export const undoTraffic = step({
  name: 'UndoTraffic',
  input: v.object({ service: ServiceName, to: Target, token: v.number() }),
  output: v.object({ written: v.literal(true) }),
  async run({ traffic }: Needs<'traffic'>, { service, to, token }) {
    await traffic.shift(service, weightsTowards(to.slot, 100), token);
    return { written: true as const };
  },
});

export const handler = lambda(undoTraffic, { traffic: albTraffic });
