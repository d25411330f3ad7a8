import { type DBInstance, PromoteReadReplicaCommand, type RDSClient } from '@aws-sdk/client-rds';
import { calling } from '../aws/failures.ts';
import { dependency } from './reading.ts';

/** Backups go on: without a number of days RDS would keep them for one. */
export const promote = async (
  client: RDSClient,
  { DBInstanceIdentifier, BackupRetentionPeriod = 0 }: DBInstance,
): Promise<void> => {
  const wish = { DBInstanceIdentifier, BackupRetentionPeriod: Math.max(1, BackupRetentionPeriod) };
  await calling(dependency, () => client.send(new PromoteReadReplicaCommand(wish)));
};
