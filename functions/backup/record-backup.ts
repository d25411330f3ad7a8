import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type Backup, BackupPlan, BackupRequest, backupIdOf } from '../../lib/contracts/backup.ts';
import { BackupFailed } from '../../lib/contracts/failures.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { type BackupEnd, endOfBackup } from '../../lib/domain/recovery/end-of-backup.ts';
import { backupMessage } from '../../lib/domain/recovery/messages.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RecordNeeds = Needs<'backups' | 'ledger' | 'outbox' | 'clock'>;

const End = v.object({
  wish: BackupRequest,
  plan: v.nullable(BackupPlan),
  /** What kept the content from being read; without that, no drill can prove the backup. */
  unread: v.nullable(Failed),
  /** What kept the exports from being looked at. */
  unexported: v.nullable(Failed),
  failed: v.nullable(Failed),
});
type End = v.InferOutput<typeof End>;

/** How many backups are compared with, for the usual size. */
const lookBack = 30;

/** The end of a backup. Whatever somebody must look at fails the run, after it was recorded and told. */
export const recordBackup = step({
  name: 'RecordBackup',
  input: End,
  output: v.object({ status: v.picklist(['complete', 'failed']), reason: v.string() }),
  async run(ports: RecordNeeds, end, call) {
    const { wish, plan } = end;
    const id = backupIdOf(wish.database, wish.requestId);
    const { status, reason, problems } = plan ? await endBackup(ports, plan, broken(end)) : refused(end);
    await ports.outbox.enqueue(backupMessage({ id, database: wish.database, status, reason }, ports.clock.now()));
    await record(ports, call, {
      service: wish.database,
      key: `${call.run}/ended`,
      kind: 'ended',
      says: `Backup ${id} ended: ${status}, ${reason}`,
      data: { status, backup: id, problems },
    });
    if (problems.length > 0) throw new BackupFailed(`${id}: ${reason}`, { id, status, problems });
    return { status, reason };
  },
});

const broken = ({ unread, unexported, failed }: End): string[] => [
  ...(unread ? [`its content is not on record, so no drill can prove it: ${readCause(unread).reason}`] : []),
  ...(unexported ? [`nobody could look at its exports: ${readCause(unexported).reason}`] : []),
  ...(failed ? [readCause(failed).reason] : []),
];

/** There is no record: the request came to nothing before one was begun. */
const refused = (end: End): BackupEnd => {
  const problems = broken(end);
  return { status: 'failed', reason: problems.join('; '), problems };
};

/** A repeated step finds the end that it wrote, and keeps it. */
const endBackup = async (ports: RecordNeeds, plan: BackupPlan, broken: string[]): Promise<BackupEnd> => {
  const recent = await ports.backups.recent(plan.database, lookBack);
  const begun: Backup = { ...plan, status: 'taking', proof: 'unproven' };
  const backup = recent.find(({ id }) => id === plan.id) ?? begun;
  const earlier = recent.filter(({ id, status }) => id !== plan.id && status === 'complete');
  const now = backup.endedAt ?? ports.clock.now();
  const end = endOfBackup({ backup, earlier, policy: plan.policy, broken, now });
  await ports.backups.change(plan.id, { status: end.status, reason: end.reason, endedAt: now });
  return end;
};

export const handler = lambda(recordBackup, {
  backups: dynamoBackups,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
