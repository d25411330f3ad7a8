import * as v from 'valibot';
import { BackupRequest, backupIdOf, snapshotIdOf } from '../contracts/backup.ts';
import type { RunEnd } from '../contracts/run.ts';
import { saysHow } from '../domain/reconcile/says-how.ts';
import { endOfCutOff } from '../domain/recovery/end-of-backup.ts';
import { backupMessage } from '../domain/recovery/messages.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { record } from './record.ts';

export type EndNeeds = Needs<'catalogs' | 'backups' | 'ledger' | 'outbox' | 'clock'>;

/**
 * A run of the backup machine was cut off before it recorded its end; without this the record would say `taking` for ever. A drill
 * needs nothing like it: its other removers end it.
 */
export const endBackup = async (ports: EndNeeds, ended: RunEnd, call: Call): Promise<void> => {
  await beginIfUnbegun(ports, ended);
  const backup = await ports.backups.find(ended.name);
  const end = backup && endOfCutOff(backup, saysHow[ended.status]);
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
};

/** What the run was about to write may arrive later still: it then finds a record of that name, and leaves it as it is. */
const beginIfUnbegun = async ({ catalogs, backups, clock }: EndNeeds, { name: id, input }: RunEnd): Promise<void> => {
  const { databases } = await catalogs.current();
  const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), BackupRequest), input);
  const known = wish.success && databases.find(({ name }) => name === wish.output.database);
  if (!known || backupIdOf(known.name, wish.output.requestId) !== id) return;
  const begun = { id, database: known.name, instance: known.instance, snapshot: snapshotIdOf(id) };
  await backups.begin({ ...begun, startedAt: clock.now(), status: 'taking', proof: 'unproven' });
};
