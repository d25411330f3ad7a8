import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import { BackupFailed, BackupNotReady } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { judgeSnapshot } from '../../lib/domain/recovery/progress.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Is the copy in the second region there? */
export const checkCopy = step({
  name: 'CheckCopy',
  input: v.object({ plan: BackupPlan, deadline: Instant }),
  output: v.object({ copied: v.literal(true) }),
  async run({ databases, backups, clock }: Needs<'databases' | 'backups' | 'clock'>, { plan, deadline }) {
    const { id, snapshot } = plan;
    const found = await databases.findCopy(snapshot);
    const { state, reason } = judgeSnapshot(found, { deadline, now: clock.now() });
    if (state === 'waiting') throw new BackupNotReady(`copy of ${snapshot}: ${reason}`, { snapshot });
    if (state === 'failed') throw new BackupFailed(`copy of ${snapshot}: ${reason}`, { snapshot, found });
    await backups.change(id, { copied: true });
    return { copied: true as const };
  },
});

export const handler = lambda(checkCopy, { databases: rdsDatabases, backups: dynamoBackups, clock: systemClock });
