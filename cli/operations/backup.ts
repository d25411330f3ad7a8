import { type BackupId, type BackupRequest, backupIdOf, NamedBackupRequest } from '../../lib/contracts/backup.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { checked } from '../input/checked.ts';
import { assertDatabase } from '../input/database.ts';

/** Asks for a backup. Returns once the event was taken. Errors: `InputInvalid`, `DatabaseUnknown`. */
export const requestBackup = async (
  plane: Pick<ControlPlane, 'ports' | 'events'>,
  request: { database: string; requestedBy: string; requestId: string },
): Promise<BackupRequest & { name: BackupId }> => {
  const wish = checked(NamedBackupRequest, request);
  await assertDatabase(plane.ports, wish.database);
  await plane.events.send('BackupRequested', wish);
  return { ...wish, name: backupIdOf(wish.database, wish.requestId) };
};
