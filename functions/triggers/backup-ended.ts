import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupRequest, backupIdOf, snapshotIdOf } from '../../lib/contracts/backup.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { endOfCutOff } from '../../lib/domain/recovery/end-of-backup.ts';
import { backupMessage } from '../../lib/domain/recovery/messages.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

type EndedNeeds = Needs<'catalogs' | 'backups' | 'ledger' | 'outbox' | 'clock'>;
type Ended = v.InferOutput<typeof RunEnded>['detail'];

const how = { ABORTED: 'was stopped', FAILED: 'failed', TIMED_OUT: 'timed out' };

/**
 * A run of the backup machine was cut off before it recorded its end; without this the record would say `taking` for ever. A drill
 * needs nothing like it: its other removers end it.
 */
export const backupEnded = trigger({
  name: 'BackupEnded',
  event: RunEnded,
  async run(ports: EndedNeeds, { detail }, call) {
    await beginIfUnbegun(ports, detail);
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

/** What the run was about to write may arrive later still: it then finds a record of that name, and leaves it as it is. */
const beginIfUnbegun = async ({ catalogs, backups, clock }: EndedNeeds, { name: id, input }: Ended): Promise<void> => {
  const { databases } = await catalogs.current();
  const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), BackupRequest), input);
  const known = wish.success && databases.find(({ name }) => name === wish.output.database);
  if (!known || backupIdOf(known.name, wish.output.requestId) !== id) return;
  const begun = { id, database: known.name, instance: known.instance, snapshot: snapshotIdOf(id) };
  await backups.begin({ ...begun, startedAt: clock.now(), status: 'taking', proof: 'unproven' });
};

export const handler = lambda(backupEnded, {
  catalogs: bundledCatalogs,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
