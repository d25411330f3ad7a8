import * as v from 'valibot';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RolloutFailed } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { Preparation } from '../../lib/contracts/preparation.ts';
import { judgeRollout } from '../../lib/domain/rollout/judge-rollout.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Are all pods of the target slot ready? The deadline is a stored instant, so a crash loop cannot push it back. */
export const checkRollout = step({
  name: 'CheckRollout',
  input: v.object({ preparation: Preparation, replicas: v.number(), deadline: Instant }),
  output: v.object({ ready: v.boolean(), reason: v.string() }),
  async run({ cluster, clock }: Needs<'cluster' | 'clock'>, { preparation, replicas, deadline }) {
    const { service, target } = preparation;
    const slot = await cluster.slot(service, target.slot);
    const { state, reason } = judgeRollout({
      digest: target.digest,
      wanted: replicas,
      slot,
      deadline,
      now: clock.now(),
    });
    if (state === 'failed') throw new RolloutFailed(reason, { service, target, slot });
    return { ready: state === 'ready', reason };
  },
});

export const handler = lambda(checkRollout, { cluster: eksCluster, clock: systemClock });
