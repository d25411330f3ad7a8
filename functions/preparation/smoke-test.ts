import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { SmokeTestFailed } from '../../lib/contracts/failures.ts';
import { Preparation } from '../../lib/contracts/preparation.ts';
import { Check } from '../../lib/contracts/verdict.ts';
import { judgeSmoke } from '../../lib/domain/smoke/judge-smoke.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Requests straight to the new slot, before any user sees it. Anything but healthy stops the release. */
export const smokeTest = step({
  name: 'SmokeTest',
  input: v.object({ preparation: Preparation }),
  output: Check,
  async run(ports: Needs<'probe' | 'ledger' | 'clock'>, { preparation }, call) {
    const { service, target, policy, smokePath } = preparation;
    const answers = await ports.probe.slot(service, target.slot, policy.smoke.requests, smokePath);
    const check = judgeSmoke(answers, target, policy.smoke);
    const says = `Smoke test of slot ${target.slot}: ${check.verdict}, ${check.reason}`;
    await record(ports, call, { service, key: `${call.run}/smoke-${check.verdict}`, kind: 'smoke-tested', says });
    if (check.verdict !== 'healthy') throw new SmokeTestFailed(says, { check });
    return check;
  },
});

export const handler = lambda(smokeTest, { probe: httpProbe, ledger: dynamoLedger, clock: systemClock });
