import * as v from 'valibot';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { needsProduction } from '../../lib/domain/recovery/manifests.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * What production holds now, when no backup was taken after the moment that is drilled: the copy lies between the last backup and
 * this. Read while the copy is being made, and once: it is kept for whoever judges the copy, however often that is called.
 */
export const readProduction = step({
  name: 'ReadProduction',
  input: v.object({ plan: DrillPlan }),
  output: v.object({ tables: v.number() }),
  async run({ drills, contents, clock }: Needs<'drills' | 'contents' | 'clock'>, { plan }) {
    if (!needsProduction(plan)) return { tables: 0 };
    const known = await drills.production(plan.drill);
    if (known) return { tables: known.tables.length };
    const production = await contents.manifest(plan.source.of, clock.now());
    await drills.keepProduction(plan.drill, production);
    return { tables: production.tables.length };
  },
});

export const handler = lambda(readProduction, { drills: dynamoDrills, contents: postgresContents, clock: systemClock });
