import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ReconcileIncomplete } from '../../lib/contracts/failures.ts';
import { Reconciled } from '../../lib/contracts/reconcile.ts';
import { problemsIn, reconciledFact } from '../../lib/domain/reconcile/problems.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';
import { controlPlane } from '../../lib/runtime/trigger.ts';

/**
 * The end of a run, and the heartbeat: a line that only a whole run writes. serverless/reconcile-alarms.ts makes a metric of it, and an
 * alarm that rings when none comes. A run that is not whole fails, and the alarm on failed runs rings.
 */
export const recordOutcome = step({
  name: 'RecordOutcome',
  input: v.object({ run: v.string(), ...Reconciled.entries }),
  output: v.object({ found: v.number(), mended: v.number() }),
  async run(ports: Needs<'ledger' | 'clock'>, end, call) {
    const problems = problemsIn(end);
    const fact = reconciledFact(call.run, end, problems);
    if (fact) await record(ports, call, { service: controlPlane, ...fact });
    const { findings = [], more = 0, oldestMessageSeconds = 0 } = end.looked ?? {};
    const counts = { found: findings.length + more, mended: end.mended };
    if (problems.length > 0)
      throw new ReconcileIncomplete(`not everything was looked at or made good: ${problems.join('; ')}`, {
        problems,
        ...counts,
      });
    call.log.info('reconciled', { ...counts, oldestMessageSeconds });
    return counts;
  },
});

export const handler = lambda(recordOutcome, { ledger: dynamoLedger, clock: systemClock });
