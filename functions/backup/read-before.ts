import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { readContent } from '../../lib/runtime/read-content.ts';
import { step } from '../../lib/runtime/task.ts';

/** What the database holds just before its snapshot; with what it holds after it, the copy is told right or wrong. */
export const readBefore = step({
  name: 'ReadBefore',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ tables: v.number() }),
  run: (ports: Needs<'backups' | 'contents' | 'clock'>, { plan }) => readContent(ports, plan, 'before'),
});

export const handler = lambda(readBefore, { backups: dynamoBackups, contents: postgresContents, clock: systemClock });
