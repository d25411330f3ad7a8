import {
  type DBInstance,
  DBInstanceNotFoundFault,
  type DBSnapshot,
  DBSnapshotNotFoundFault,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Instance, InstanceId, Snapshot, SnapshotId } from '../../contracts/database.ts';
import { calling } from '../aws/failures.ts';
import { readInstance, readSnapshot } from './shapes.ts';
import { markIn } from './tags.ts';

export const dependency = 'RDS';

/** The most that RDS gives in one page. */
const MaxRecords = 100;

type Page<T> = { items: T[]; next: string | undefined };

const allPages = async <T>(page: (marker: { Marker?: string }) => Promise<Page<T>>): Promise<T[]> => {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const found = await calling(dependency, () => page(next ? { Marker: next } : {}));
    items.push(...found.items);
    next = found.next;
  } while (next);
  return items;
};

const orAbsent = async <T>(absent: new (...args: never[]) => Error, ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof absent) return undefined;
    throw error;
  }
};

/** As RDS describes it; for what only an adapter asks. */
export const describeInstance = (client: RDSClient, id: InstanceId): Promise<DBInstance | undefined> =>
  calling(dependency, async () => {
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: id });
    const found = await orAbsent(DBInstanceNotFoundFault, () => client.send(command));
    return found?.DBInstances?.[0];
  });

export const findInstance = async (client: RDSClient, id: InstanceId): Promise<Instance | undefined> => {
  const described = await describeInstance(client, id);
  if (!described) return undefined;
  const restorable = await restorableSpan(client, described);
  return { ...readInstance(described), ...(restorable && { restorable }) };
};

/** RDS tells the end with the instance and the start with its automated backup; before it was made there is nothing. */
const restorableSpan = async (client: RDSClient, described: DBInstance): Promise<Instance['restorable']> => {
  const { DBInstanceIdentifier, LatestRestorableTime: to, BackupRetentionPeriod = 0, InstanceCreateTime } = described;
  if (!to || BackupRetentionPeriod === 0) return undefined;
  const command = new DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier });
  const { DBInstanceAutomatedBackups: [backup] = [] } = await calling(dependency, () => client.send(command));
  const from = backup?.RestoreWindow?.EarliestTime ?? InstanceCreateTime;
  return backup && from ? { from: from.toISOString(), to: to.toISOString() } : undefined;
};

/** RDS cannot look for tags, so all of the region are read; what bears no mark is none of our affair, whatever it is. */
export const markedInstances = async (client: RDSClient): Promise<Instance[]> => {
  const described = await allPages(async (marker) => {
    const found = await client.send(new DescribeDBInstancesCommand({ MaxRecords, ...marker }));
    return { items: found.DBInstances ?? [], next: found.Marker };
  });
  return described.filter(({ TagList }) => markIn(TagList)).map(readInstance);
};

/** As RDS describes it; for its ARN. */
export const describeSnapshot = (client: RDSClient, id: SnapshotId): Promise<DBSnapshot | undefined> =>
  calling(dependency, async () => {
    const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id });
    const found = await orAbsent(DBSnapshotNotFoundFault, () => client.send(command));
    return found?.DBSnapshots?.[0];
  });

export const findSnapshot = async (client: RDSClient, id: SnapshotId): Promise<Snapshot | undefined> => {
  const described = await describeSnapshot(client, id);
  return described && readSnapshot(described);
};

/** Oldest first; one that is still being made holds a moment later than all others. */
export const snapshotsOf = async (client: RDSClient, id: InstanceId): Promise<Snapshot[]> => {
  const described = await allPages(async (marker) => {
    const command = new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: id, MaxRecords, ...marker });
    const found = await client.send(command);
    return { items: found.DBSnapshots ?? [], next: found.Marker };
  });
  return described.map(readSnapshot).sort(byMoment);
};

const momentOf = ({ takenAt, id }: Snapshot): string => `${takenAt ?? '9'} ${id}`;
const byMoment = (a: Snapshot, b: Snapshot): number => (momentOf(a) < momentOf(b) ? -1 : 1);
