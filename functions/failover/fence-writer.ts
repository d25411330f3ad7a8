import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsWriters } from '../../lib/adapters/failover/writers.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan, Fencing } from '../../lib/contracts/failover.ts';
import { FailoverPending, WriterNotFenced } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { oldWriterFenced } from '../../lib/domain/failover/facts.ts';
import { mayPromote } from '../../lib/domain/failover/may-promote.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * Takes the right to write from the old writer, and then tries whether it still takes a write. Rule: nothing is promoted while
 * it does; when it does not stop in time, the run ends with everything as it was.
 */
export const fenceWriter = step({
  name: 'FenceWriter',
  input: v.object({ plan: FailoverPlan, token: v.number(), since: Instant }),
  output: Fencing,
  async run(ports: Needs<'writers' | 'ledger' | 'clock'>, { plan, token, since }, call) {
    const { old, policy } = plan;
    const fence = await ports.writers.fence(old, token);
    const state = await ports.writers.state(old);
    const { allowed, reason } = mayPromote({ fence, state });
    if (!allowed) {
      const late = ports.clock.now() > plusSeconds(since, policy.deadlines.fenceSeconds);
      throw new (late ? WriterNotFenced : FailoverPending)(`${old}: ${reason}`, { old, fence, state });
    }
    const fencing = { fence, state, reason };
    await record(ports, call, oldWriterFenced(call.run, plan, fencing));
    return fencing;
  },
});

export const handler = lambda(fenceWriter, { writers: rdsWriters, ledger: dynamoLedger, clock: systemClock });
