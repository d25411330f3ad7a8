import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { Instance } from '../../lib/contracts/database.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { InstanceNotFound, NotIsolated } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { isolationProblems } from '../../lib/domain/recovery/judge-isolation.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type ProbeNeeds = Needs<'databases' | 'contents' | 'ledger' | 'clock'>;

/** Is the copy apart from production, and does it answer to a login of its own? Nothing is asked of it before the first is known. */
export const probeRestore = step({
  name: 'ProbeRestore',
  input: v.object({ plan: DrillPlan }),
  output: v.object({ answeredAt: Instant }),
  async run(ports: ProbeNeeds, { plan }, call) {
    const copy = await isolated(ports, plan);
    const { engineVersion } = await ports.contents.outline(plan.instance);
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/answers`,
      kind: 'restore-answers',
      says: `${plan.instance} is restored, apart from production, and answers as PostgreSQL ${engineVersion}`,
      data: { drill: plan.drill, reach: copy.reach, engineVersion },
    });
    return { answeredAt: ports.clock.now() };
  },
});

/** Errors: `NotIsolated`, `InstanceNotFound`. */
const isolated = async ({ databases }: ProbeNeeds, { drill, instance, source }: DrillPlan): Promise<Instance> => {
  const [copy, production] = await Promise.all([databases.find(instance), databases.find(source.of)]);
  if (!copy) throw new InstanceNotFound(`${instance}: was restored, and is not there any more`, { instance });
  const problems = isolationProblems(drill, copy, production);
  if (problems.length > 0) throw new NotIsolated(`${instance}: ${problems.join('; ')}`, { instance, problems });
  return copy;
};

export const handler = lambda(probeRestore, {
  databases: rdsDatabases,
  contents: postgresContents,
  ledger: dynamoLedger,
  clock: systemClock,
});
