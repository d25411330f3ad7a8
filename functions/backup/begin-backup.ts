import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import { BackupPlan, backupIdOf, NamedBackupRequest, snapshotIdOf } from '../../lib/contracts/backup.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** The record comes first: whatever happens to the run, somebody can see that there was one, and what it had made. */
export const beginBackup = step({
  name: 'BeginBackup',
  input: v.object({ wish: NamedBackupRequest }),
  output: BackupPlan,
  async run(ports: Needs<'catalogs' | 'backups' | 'ledger' | 'clock'>, { wish }, call) {
    const catalog = await ports.catalogs.current();
    const known = findDatabase(catalog, wish.database);
    const policy = recoveryPolicyOf(catalog, known);
    const { name: database, instance } = known;
    const id = backupIdOf(database, wish.requestId);
    const begun = { id, database, instance, snapshot: snapshotIdOf(id), startedAt: ports.clock.now() };
    const making = Object.fromEntries(policy.exports.map((kind) => [kind, { status: 'making' as const }]));
    await ports.backups.begin({ ...begun, ...making, status: 'taking', proof: 'unproven' });
    // A repeated step finds the record that it began, and keeps its time.
    const { startedAt = begun.startedAt } = (await ports.backups.find(id)) ?? {};
    const deadline = plusSeconds(startedAt, policy.backup.deadlineSeconds);
    await record(ports, call, {
      service: database,
      key: `${call.run}/begun`,
      kind: 'backup-begun',
      says: `${wish.requestedBy} asked for a backup of ${instance}; it is called ${id}`,
      data: { backup: id, deadline },
    });
    return { ...begun, startedAt, deadline, copy: policy.copyToSecondRegion, policy };
  },
});

export const handler = lambda(beginBackup, {
  catalogs: bundledCatalogs,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  clock: systemClock,
});
