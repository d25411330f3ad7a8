import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { DamageImpossible } from '../../lib/contracts/failures.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Damages the copy on purpose, by SQL. The checker must find it out, or it is the checker that is broken. */
export const damageCopy = step({
  name: 'DamageCopy',
  input: v.object({ plan: DrillPlan }),
  output: v.object({ damaged: v.literal(true) }),
  async run(ports: Needs<'contents' | 'ledger' | 'clock'>, { plan }, call) {
    const { damage, drill, instance, database } = plan;
    if (damage !== 'dropped-table' && damage !== 'wrong-owner')
      throw new DamageImpossible(`${instance}: ${damage ?? 'no damage'} is not done by SQL`, { instance, damage });
    await ports.contents.damage(instance, damage);
    await record(ports, call, {
      service: database,
      key: `${call.run}/damaged`,
      kind: 'copy-damaged',
      says: `${instance} was damaged on purpose: ${damage}`,
      data: { drill, damage },
    });
    return { damaged: true as const };
  },
});

export const handler = lambda(damageCopy, { contents: postgresContents, ledger: dynamoLedger, clock: systemClock });
