import {
  CopyDBSnapshotCommand,
  CreateDBSnapshotCommand,
  DBSnapshotAlreadyExistsFault,
  DBSnapshotNotFoundFault,
  DeleteDBSnapshotCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { InstanceId, SnapshotId } from '../../contracts/database.ts';
import { ConfigInvalid, NotOurs, SnapshotNotFound } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { rdsClientOf } from './client.ts';
import { dependency, describeSnapshot, findSnapshot } from './reading.ts';
import type { SecondRegion } from './settings.ts';
import { backupIn, backupTags } from './tags.ts';

/** The client of the second region, if there is one. */
export const secondRegion = ({ SECOND_REGION }: SecondRegion): RDSClient | undefined =>
  SECOND_REGION === 'none' ? undefined : rdsClientOf(SECOND_REGION);

/** Starts it; one that is there already under this name is fine if it is of the same backup. Errors: `NotOurs` if not. */
const startOnce = async (client: RDSClient, id: SnapshotId, backup: string, start: () => Promise<unknown>) =>
  calling(dependency, async () => {
    try {
      await start();
    } catch (error) {
      if (!(error instanceof DBSnapshotAlreadyExistsFault)) throw error;
      const known = await findSnapshot(client, id);
      if (known && known.backup !== backup) throw notOurs(id, known.backup);
    }
  });

const notOurs = (id: SnapshotId, backup: string | undefined) =>
  new NotOurs(`snapshot ${id}: belongs to ${backup ? `backup ${backup}` : 'no backup'}`, { id, backup });

export const takeSnapshot = (client: RDSClient, of: InstanceId, as: SnapshotId, backup: string): Promise<void> => {
  const Tags = backupTags(backup);
  const command = new CreateDBSnapshotCommand({ DBInstanceIdentifier: of, DBSnapshotIdentifier: as, Tags });
  return startOnce(client, as, backup, () => client.send(command));
};

/** Asked of the second region, which fetches it. The key is that region's: none goes from one to the other. */
export const copySnapshot = async (client: RDSClient, id: SnapshotId, settings: SecondRegion): Promise<void> => {
  const there = secondRegion(settings);
  if (!there) throw new ConfigInvalid(`SECOND_REGION: none, so snapshot ${id} cannot be copied`, { id });
  const source = await describeSnapshot(client, id);
  if (!source) throw new SnapshotNotFound(`snapshot ${id}: does not exist, so it cannot be copied`, { id });
  const backup = backupIn(source.TagList);
  if (!backup) throw notOurs(id, backup);
  const command = new CopyDBSnapshotCommand({
    SourceDBSnapshotIdentifier: source.DBSnapshotArn,
    TargetDBSnapshotIdentifier: id,
    KmsKeyId: settings.COPY_KEY_ARN,
    Tags: backupTags(backup),
  });
  await startOnce(there, id, backup, () => there.send(command));
};

export const removeSnapshot = async (client: RDSClient, id: SnapshotId): Promise<void> => {
  const known = await findSnapshot(client, id);
  if (!known) return;
  if (!known.backup) throw notOurs(id, known.backup);
  await calling(dependency, async () => {
    try {
      await client.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: id }));
    } catch (error) {
      if (!(error instanceof DBSnapshotNotFoundFault)) throw error;
    }
  });
};
