import * as v from 'valibot';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import { TrafficNotMoved } from '../../lib/contracts/failures.ts';
import { Preparation } from '../../lib/contracts/preparation.ts';
import { sawSlot } from '../../lib/domain/traffic/judge-routing.ts';
import { weightsTowards } from '../../lib/domain/traffic/weights.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** At 5 % one hundred requests miss the slot once in 170 rounds; then the machine asks again. */
const requestsPerRound = 100;

/** First half of the undo drill: a little traffic goes forward, until requests show that it did. */
export const drillForward = step({
  name: 'DrillForward',
  input: v.object({ preparation: Preparation }),
  output: v.object({ seen: v.literal(true) }),
  async run({ traffic, probe }: Needs<'traffic' | 'probe'>, { preparation }) {
    const { service, target, policy, smokePath, token } = preparation;
    await traffic.shift(service, weightsTowards(target.slot, policy.undoDrillWeight), token);
    const answers = await probe.public(service, requestsPerRound, smokePath);
    if (!sawSlot(answers, target.slot))
      throw new TrafficNotMoved(`no request reached slot ${target.slot} at ${policy.undoDrillWeight} %`, { service });
    return { seen: true as const };
  },
});

export const handler = lambda(drillForward, { traffic: albTraffic, probe: httpProbe });
