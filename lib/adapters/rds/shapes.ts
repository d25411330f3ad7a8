import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import type { Instance, InstanceStatus, Snapshot } from '../../contracts/database.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import type { Instant } from '../../contracts/instant.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { backupIn, markIn } from './tags.ts';

/* Whether something is isolated is judged by these fields, so one that is missing is no `false`: it is an error. */
const Described = v.object({
  DBInstanceIdentifier: v.string(),
  DBInstanceStatus: v.string(),
  DBInstanceClass: v.string(),
  EngineVersion: v.string(),
  AllocatedStorage: v.number(),
  PubliclyAccessible: v.boolean(),
  BackupRetentionPeriod: v.number(),
  DeletionProtection: v.boolean(),
  StorageEncrypted: v.boolean(),
  DBSubnetGroup: v.object({ DBSubnetGroupName: v.string() }),
  VpcSecurityGroups: v.array(v.object({ VpcSecurityGroupId: v.string() })),
});
const DescribedSnapshot = v.object({
  DBSnapshotIdentifier: v.string(),
  DBInstanceIdentifier: v.string(),
  Status: v.string(),
  EngineVersion: v.string(),
  AllocatedStorage: v.number(),
  Encrypted: v.boolean(),
});

const checked = <T>(schema: v.GenericSchema<unknown, T>, described: unknown, id: string | undefined): T => {
  const parsed = v.safeParse(schema, described);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new RecordCorrupt(`RDS described ${id} without what it must say: ${problems.join('; ')}`, { id, problems });
};

const instantOf = (date: Date | undefined): Instant | undefined => date?.toISOString();

const byStatus: Readonly<Record<string, InstanceStatus>> = {
  available: 'available',
  creating: 'creating',
  deleting: 'removing',
  failed: 'failed',
  'inaccessible-encryption-credentials': 'failed',
  'inaccessible-encryption-credentials-recoverable': 'failed',
  'insufficient-capacity': 'failed',
  'restore-error': 'failed',
  'storage-full': 'failed',
};
/** What RDS calls incompatible (network, restore, parameters, …) needs a person; all else passes by itself. */
export const statusOf = (status: string): InstanceStatus =>
  byStatus[status] ?? (status.startsWith('incompatible-') ? 'failed' : 'changing');

const reasonOf = ({ DBInstanceStatus = '', StatusInfos = [] }: DBInstance): string =>
  [DBInstanceStatus, ...StatusInfos.flatMap(({ Message }) => Message ?? [])].join(': ');

/** Without the span that it can be restored to, which RDS tells elsewhere. */
export const readInstance = (described: DBInstance): Instance => {
  const known = checked(Described, described, described.DBInstanceIdentifier);
  return withoutAbsent<Instance>({
    id: known.DBInstanceIdentifier,
    status: statusOf(known.DBInstanceStatus),
    statusReason: known.DBInstanceStatus === 'available' ? undefined : reasonOf(described),
    failure: known.DBInstanceStatus === 'storage-full' ? 'StorageFull' : undefined,
    engineVersion: known.EngineVersion,
    sizeClass: known.DBInstanceClass,
    storageGib: known.AllocatedStorage,
    createdAt: instantOf(described.InstanceCreateTime),
    endpoint: endpointOf(described),
    reach: {
      public: known.PubliclyAccessible,
      subnetGroup: known.DBSubnetGroup.DBSubnetGroupName,
      securityGroups: known.VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    },
    backupRetentionDays: known.BackupRetentionPeriod,
    deletionProtection: known.DeletionProtection,
    encrypted: known.StorageEncrypted,
    follows: followedBy(described),
    mark: markIn(described.TagList),
  });
};

const endpointOf = ({ Endpoint: { Address: host, Port: port } = {} }: DBInstance) =>
  host && port ? { host, port } : undefined;

const followedBy = ({ ReadReplicaSourceDBInstanceIdentifier: id }: DBInstance) => (id ? { id } : undefined);

export const readSnapshot = (described: DBSnapshot): Snapshot => {
  const known = checked(DescribedSnapshot, described, described.DBSnapshotIdentifier);
  const status = known.Status === 'available' || known.Status === 'failed' ? known.Status : 'creating';
  return withoutAbsent<Snapshot>({
    id: known.DBSnapshotIdentifier,
    of: known.DBInstanceIdentifier,
    status,
    takenAt: status === 'available' ? takenAt(described) : undefined,
    storageGib: known.AllocatedStorage,
    encrypted: known.Encrypted,
    engineVersion: known.EngineVersion,
    backup: backupIn(described.TagList),
  });
};

/**
 * The last transaction that is in it, which a copy keeps; without one, when its original was made.
 * Rule: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshot.html
 */
const takenAt = (described: DBSnapshot): Instant | undefined =>
  instantOf(described.SnapshotDatabaseTime ?? described.OriginalSnapshotCreateTime ?? described.SnapshotCreateTime);

const withoutAbsent = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
