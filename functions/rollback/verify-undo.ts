import * as v from 'valibot';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { TrafficNotMoved } from '../../lib/contracts/failures.ts';
import { toMs } from '../../lib/contracts/instant.ts';
import { UndoPlan, Verified } from '../../lib/contracts/rollback.ts';
import { judgeRouting } from '../../lib/domain/traffic/judge-routing.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Traffic is back when requests through the public door all say so. The time to safe is measured from the first bad bucket. */
export const verifyUndo = step({
  name: 'VerifyUndo',
  input: v.object({ undo: UndoPlan }),
  output: Verified,
  async run({ probe, clock }: Needs<'probe' | 'clock'>, { undo }) {
    const { service, to, firstBadAt, smokePath, policy } = undo;
    const { requests } = policy.verify;
    const { verdict, reason } = judgeRouting(await probe.public(service, requests, smokePath), to);
    if (verdict !== 'healthy') throw new TrafficNotMoved(`${service}: ${reason}`, { service, to });
    const verifiedAt = clock.now();
    return { verifiedAt, timeToSafeMs: firstBadAt ? toMs(verifiedAt) - toMs(firstBadAt) : null, requests };
  },
});

export const handler = lambda(verifyUndo, { probe: httpProbe, clock: systemClock });
