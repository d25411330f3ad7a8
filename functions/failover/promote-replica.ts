import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsWriters } from '../../lib/adapters/failover/writers.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { WriterNotFenced } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Begins the promotion. The old writer is tried once more just before: it may have come back since it was fenced. */
export const promoteReplica = step({
  name: 'PromoteReplica',
  input: v.object({ plan: FailoverPlan, token: v.number() }),
  output: v.object({ promotedAt: Instant }),
  async run(ports: Needs<'writers' | 'ledger' | 'clock'>, { plan, token }, call) {
    const { database, old, replica } = plan;
    if ((await ports.writers.state(old)) === 'writes')
      throw new WriterNotFenced(`${old}: takes writes again, so nobody else was asked to`, { old });
    await ports.writers.promote(replica, token);
    await record(ports, call, {
      service: database,
      key: `${call.run}/promoted`,
      kind: 'replica-promoted',
      says: `${replica} is being made the writer, with fencing token ${token}`,
      data: { replica, token },
    });
    return { promotedAt: ports.clock.now() };
  },
});

export const handler = lambda(promoteReplica, { writers: rdsWriters, ledger: dynamoLedger, clock: systemClock });
