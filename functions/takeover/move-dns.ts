import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { route53Dns } from '../../lib/adapters/failover/dns.ts';
import { rdsWriters } from '../../lib/adapters/failover/writers.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { FailoverPending } from '../../lib/contracts/failures.ts';
import { allTo } from '../../lib/domain/failover/weights.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * Gives the names to the second side, each by one fenced write. Rule: a name never leads to a database that takes no writes, so
 * the target is tried once more just before. A drill moves nothing but the drill's own name.
 */
export const moveDns = step({
  name: 'MoveDns',
  input: v.object({ plan: FailoverPlan, token: v.number() }),
  output: v.object({ moved: v.array(v.string()) }),
  async run(ports: Needs<'writers' | 'dns' | 'ledger' | 'clock'>, { plan, token }, call) {
    const { target, records, database } = plan;
    const state = await ports.writers.state(target);
    if (state !== 'writes') throw new FailoverPending(`${target}: ${state}; no name was moved`, { target });
    for (const name of records) await ports.dns.shift(name, allTo('second'), token);
    await record(ports, call, {
      service: database,
      key: `${call.run}/moved`,
      kind: 'names-moved',
      says: `${records.join(', ')} lead to the second side`,
      data: { records },
    });
    return { moved: records };
  },
});

export const handler = lambda(moveDns, {
  writers: rdsWriters,
  dns: route53Dns,
  ledger: dynamoLedger,
  clock: systemClock,
});
