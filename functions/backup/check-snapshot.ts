import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import type { Snapshot } from '../../lib/contracts/database.ts';
import { BackupFailed, BackupNotReady } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { judgeSnapshot } from '../../lib/domain/recovery/progress.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type CheckNeeds = Needs<'databases' | 'backups' | 'ledger' | 'clock'>;

const bytesPerGib = 2 ** 30;

/** Is the snapshot there? From then on the record says that it can be restored, whatever becomes of the run. */
export const checkSnapshot = step({
  name: 'CheckSnapshot',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ takenAt: Instant }),
  async run(ports: CheckNeeds, { plan }, call) {
    const found = await ports.databases.findSnapshot(plan.snapshot);
    const { takenAt, storageGib } = taken(plan, found, ports.clock.now());
    const bytes = Math.round(storageGib * bytesPerGib);
    await ports.backups.change(plan.id, { takenAt, storageGib, bytes });
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/taken`,
      kind: 'snapshot-taken',
      says: `${plan.snapshot} holds ${plan.instance} as of ${takenAt}, ${storageGib} GiB`,
      data: { backup: plan.id, takenAt, storageGib },
    });
    return { takenAt };
  },
});

/** Errors: `BackupNotReady` before the deadline, `BackupFailed`. */
const taken = ({ snapshot, deadline }: BackupPlan, found: Snapshot | undefined, now: Instant) => {
  const { state, reason } = judgeSnapshot(found, { deadline, now });
  if (state === 'waiting') throw new BackupNotReady(`${snapshot}: ${reason}`, { snapshot });
  if (state === 'failed' || !found?.takenAt) throw new BackupFailed(`${snapshot}: ${reason}`, { snapshot, found });
  return { takenAt: found.takenAt, storageGib: found.storageGib };
};

export const handler = lambda(checkSnapshot, {
  databases: rdsDatabases,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  clock: systemClock,
});
