import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { eksExports } from '../../lib/adapters/kubernetes/exports.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import { BackupNotReady } from '../../lib/contracts/failures.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { judgeExports } from '../../lib/domain/recovery/judge-exports.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Are the exports there? How each of them ended is for the record; whoever ends the backup tells what that means. */
export const checkExports = step({
  name: 'CheckExports',
  input: v.object({ plan: BackupPlan, unbegun: v.nullable(Failed) }),
  output: v.object({ ended: v.number() }),
  async run({ exports, backups, clock }: Needs<'exports' | 'backups' | 'clock'>, { plan, unbegun }) {
    const { id, policy, deadline } = plan;
    const looks = policy.exports.map(async (kind) => [kind, await exports.find(kind, id)] as const);
    const found = Object.fromEntries(await Promise.all(looks));
    const why = unbegun ? readCause(unbegun).reason : undefined;
    const { ended, waiting } = judgeExports({ found, policy, unbegun: why, deadline, now: clock.now() });
    if (waiting.length > 0) throw new BackupNotReady(`${id}: ${waiting.join(', ')} not there yet`, { id, waiting });
    if (policy.exports.length > 0) await backups.change(id, ended);
    return { ended: policy.exports.length };
  },
});

export const handler = lambda(checkExports, { exports: eksExports, backups: dynamoBackups, clock: systemClock });
