import * as v from 'valibot';
import { rdsWriters } from '../../lib/adapters/failover/writers.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Sentinel } from '../../lib/contracts/content.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { FailoverNotVerified, FailoverPending } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { judgeWritable } from '../../lib/domain/failover/judge-writable.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type WritableNeeds = Needs<'databases' | 'writers' | 'contents' | 'clock'>;

/**
 * Waits until the target takes writes, and reads the newest sentinel that came over before anybody writes another. A drill
 * reads that of the replica: what it has is what a failover would have kept.
 */
export const checkWritable = step({
  name: 'CheckWritable',
  input: v.object({ plan: FailoverPlan, since: Instant }),
  output: v.object({ writableAt: Instant, before: v.nullable(Sentinel) }),
  async run(ports: WritableNeeds, { plan, since }) {
    const { target, replica, mode, policy } = plan;
    const instance = await ports.databases.find(target);
    const available = instance?.status === 'available';
    const state = available ? await ports.writers.state(target) : 'silent';
    const deadline = plusSeconds(since, policy.deadlines.writableSeconds);
    const verdict = judgeWritable({ target, instance, state, deadline, now: ports.clock.now() });
    if (verdict.state === 'waiting') throw new FailoverPending(verdict.reason, { target });
    if (verdict.state === 'failed') throw new FailoverNotVerified(verdict.reason, { target });
    const { newest } = await ports.contents.sentinels(mode === 'drill' ? replica : target);
    return { writableAt: ports.clock.now(), before: newest ?? null };
  },
});

export const handler = lambda(checkWritable, {
  databases: rdsDatabases,
  writers: rdsWriters,
  contents: postgresContents,
  clock: systemClock,
});
