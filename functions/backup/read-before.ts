import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** What the database holds just before its snapshot; with what it holds after it, the copy is told right or wrong. */
export const readBefore = step({
  name: 'ReadBefore',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ tables: v.number() }),
  async run({ backups, contents, clock }: Needs<'backups' | 'contents' | 'clock'>, { plan }) {
    const known = (await backups.find(plan.id))?.before;
    if (known) return { tables: known.tables.length };
    const before = await contents.manifest(plan.instance, clock.now());
    await backups.change(plan.id, { before });
    return { tables: before.tables.length };
  },
});

export const handler = lambda(readBefore, { backups: dynamoBackups, contents: postgresContents, clock: systemClock });
