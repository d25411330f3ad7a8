import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { endOfCutOff } from '../../lib/domain/recovery/end-of-backup.ts';
import { backupMessage } from '../../lib/domain/recovery/messages.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

type EndedNeeds = Needs<'backups' | 'ledger' | 'outbox' | 'clock'>;

const how = { ABORTED: 'was stopped', FAILED: 'failed', TIMED_OUT: 'timed out' };

/**
 * A run of the backup machine was cut off before it recorded its end; without this the record would say `taking` for ever. A drill
 * needs nothing like it: its other removers end it.
 */
export const backupEnded = trigger({
  name: 'BackupEnded',
  event: RunEnded,
  async run(ports: EndedNeeds, { detail }, call) {
    const backup = await ports.backups.find(detail.name);
    const end = backup && endOfCutOff(backup, how[detail.status]);
    if (!end) return;
    const { id, database } = backup;
    const endedAt = ports.clock.now();
    await ports.outbox.enqueue(backupMessage({ id, database, ...end }, endedAt));
    await record(ports, call, {
      service: database,
      key: `${id}/cut-off`,
      kind: 'ended',
      says: `Backup ${id} ended: ${end.status}, ${end.reason}`,
      data: { backup: id, status: end.status, problems: [end.reason] },
    });
    await ports.backups.change(id, { ...end, endedAt });
  },
});

export const handler = lambda(backupEnded, {
  backups: dynamoBackups,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
