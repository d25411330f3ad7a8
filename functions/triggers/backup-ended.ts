import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { type EndNeeds, endBackup } from '../../lib/runtime/end-backup.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A run of the backup machine was cut off before it recorded its end. When this never comes, the reconciler ends it. */
export const backupEnded = trigger({
  name: 'BackupEnded',
  event: RunEnded,
  run: (ports: EndNeeds, { detail }, call) => endBackup(ports, detail, call),
});

export const handler = lambda(backupEnded, {
  catalogs: bundledCatalogs,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
