import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { TrafficNotMoved } from '../../lib/contracts/failures.ts';
import { Instant, secondsBetween } from '../../lib/contracts/instant.ts';
import { Preparation } from '../../lib/contracts/preparation.ts';
import { sawSlot } from '../../lib/domain/traffic/judge-routing.ts';
import { weightsTowards } from '../../lib/domain/traffic/weights.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

const requestsPerRound = 100;

/** Second half of the undo drill: the same write as a real undo, timed until requests no longer reach the new slot. */
export const drillBack = step({
  name: 'DrillBack',
  input: v.object({ preparation: Preparation, askedAt: Instant }),
  output: v.object({ timeToSafeSeconds: v.number() }),
  async run(ports: Needs<'traffic' | 'probe' | 'ledger' | 'clock'>, { preparation, askedAt }, call) {
    const { service, target, besideSlot, smokePath, token } = preparation;
    await ports.traffic.shift(service, weightsTowards(besideSlot, 100), token);
    const answers = await ports.probe.public(service, requestsPerRound, smokePath);
    if (answers.length === 0 || sawSlot(answers, target.slot))
      throw new TrafficNotMoved(`requests still reach slot ${target.slot} after the drill`, { service });
    const timeToSafeSeconds = secondsBetween(askedAt, ports.clock.now());
    const says = `Undo drilled: slot ${target.slot} had traffic and lost it again ${timeToSafeSeconds.toFixed(1)} s after the order`;
    await record(ports, call, {
      service,
      key: `${call.run}/drilled`,
      kind: 'undo-drilled',
      says,
      data: { timeToSafeSeconds },
    });
    return { timeToSafeSeconds };
  },
});

export const handler = lambda(drillBack, {
  traffic: albTraffic,
  probe: httpProbe,
  ledger: dynamoLedger,
  clock: systemClock,
});
