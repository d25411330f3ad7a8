import {
  CopyDBSnapshotCommand,
  CreateDBSnapshotCommand,
  type DBInstance,
  DBInstanceAlreadyExistsFault,
  DBInstanceNotFoundFault,
  type DBSnapshot,
  DBSnapshotAlreadyExistsFault,
  DBSnapshotNotFoundFault,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import type { Restore } from '../../lib/ports/databases.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const settings = {
  DRILL_SUBNET_GROUP: 'isolated',
  DRILL_SECURITY_GROUP_ID: 'sg-drills',
  DRILL_PARAMETER_GROUP: 'drills',
  SECOND_REGION: 'eu-central-1',
  COPY_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/copies',
};
const rds = mockClient(RDSClient);
const databases = (differs: Partial<typeof settings> = {}) =>
  fromEnvironment(rdsDatabases, { ...settings, ...differs });

const fault = (Fault: new (options: { message: string; $metadata: object }) => Error) =>
  new Fault({ message: 'why', $metadata: {} });
const named = (name: string, message = 'why') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });

const drill = 'shop-d1';
const removeBy = '2026-05-02T16:00:00.000Z';
const marked = [
  { Key: 'evenkeel:drill', Value: drill },
  { Key: 'evenkeel:remove-by', Value: removeBy },
];

const anInstance = (differs: Partial<DBInstance> = {}): DBInstance => ({
  DBInstanceIdentifier: 'shop',
  DBInstanceStatus: 'available',
  DBInstanceClass: 'db.r6g.large',
  EngineVersion: '18.4',
  AllocatedStorage: 20,
  InstanceCreateTime: new Date('2026-01-01T00:00:00.000Z'),
  LatestRestorableTime: new Date('2026-05-01T10:00:00.000Z'),
  Endpoint: { Address: 'shop.example', Port: 5432 },
  PubliclyAccessible: false,
  BackupRetentionPeriod: 7,
  DeletionProtection: true,
  StorageEncrypted: true,
  DBSubnetGroup: { DBSubnetGroupName: 'data' },
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-data', Status: 'active' }],
  TagList: [],
  ...differs,
});
const aSnapshot = (differs: Partial<DBSnapshot> = {}): DBSnapshot => ({
  DBSnapshotIdentifier: 'evenkeel-shop-b1',
  DBSnapshotArn: 'arn:aws:rds:eu-west-1:123456789012:snapshot:evenkeel-shop-b1',
  DBInstanceIdentifier: 'shop',
  Status: 'available',
  EngineVersion: '18.4',
  AllocatedStorage: 20,
  Encrypted: true,
  SnapshotCreateTime: new Date('2026-05-01T10:00:00.000Z'),
  TagList: [{ Key: 'evenkeel:backup', Value: 'shop-b1' }],
  ...differs,
});

const aRestore = (differs: Partial<Restore> = {}): Restore => ({
  as: `evenkeel-drill-${drill}`,
  source: { kind: 'snapshot', snapshot: 'evenkeel-shop-b1', of: 'shop' },
  sizeClass: 'db.t4g.medium',
  mark: { drill, removeBy },
  ...differs,
});
const at = '2026-05-01T09:00:00.000Z';
const fromLog = (moment = at) => aRestore({ source: { kind: 'point-in-time', of: 'shop', at: moment } });

const isolation = {
  DBInstanceClass: 'db.t4g.medium',
  DBSubnetGroupName: 'isolated',
  VpcSecurityGroupIds: ['sg-drills'],
  DBParameterGroupName: 'drills',
  PubliclyAccessible: false,
  MultiAZ: false,
  DeletionProtection: false,
  BackupRetentionPeriod: 0,
  AutoMinorVersionUpgrade: false,
  CopyTagsToSnapshot: false,
  Tags: marked,
};

const describes = (id: string, instance: DBInstance) =>
  rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: id }).resolves({ DBInstances: [instance] });

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  rds.on(DescribeDBInstancesCommand).rejects(fault(DBInstanceNotFoundFault));
  rds.on(DescribeDBSnapshotsCommand).rejects(fault(DBSnapshotNotFoundFault));
  describes('shop', anInstance());
  const RestoreWindow = { EarliestTime: new Date('2026-04-24T10:00:00.000Z') };
  rds
    .on(DescribeDBInstanceAutomatedBackupsCommand)
    .resolves({ DBInstanceAutomatedBackups: [{ DBInstanceIdentifier: 'shop', RestoreWindow }] });
});
afterEach(() => {
  rds.reset();
});

describe('what is asked of a restore', () => {
  test('from a snapshot: isolated in every way, and under its mark', async () => {
    rds.on(RestoreDBInstanceFromDBSnapshotCommand).resolves({});
    await databases().restore(aRestore());
    const [asked] = rds.commandCalls(RestoreDBInstanceFromDBSnapshotCommand);
    expect(asked?.args[0].input).toEqual({
      ...isolation,
      DBInstanceIdentifier: 'evenkeel-drill-shop-d1',
      DBSnapshotIdentifier: 'evenkeel-shop-b1',
    });
  });

  test('from a log: the same, to the moment', async () => {
    rds.on(RestoreDBInstanceToPointInTimeCommand).resolves({});
    await databases().restore(fromLog());
    const [asked] = rds.commandCalls(RestoreDBInstanceToPointInTimeCommand);
    expect(asked?.args[0].input).toEqual({
      ...isolation,
      TargetDBInstanceIdentifier: 'evenkeel-drill-shop-d1',
      SourceDBInstanceIdentifier: 'shop',
      RestoreTime: new Date(at),
    });
  });

  test.each([
    ['2026-04-24T10:00:00.000Z', undefined],
    ['2026-05-01T10:00:00.000Z', undefined],
    ['2026-04-24T09:59:59.999Z', 'PointNotRestorable'],
    ['2026-05-01T10:00:00.001Z', 'PointNotRestorable'],
  ])('the log reaches %s: %s', async (moment, refusal) => {
    rds.on(RestoreDBInstanceToPointInTimeCommand).resolves({});
    const restored = databases().restore(fromLog(moment));
    if (refusal) await expect(restored).rejects.toEqual(failure(refusal));
    await restored.catch(() => undefined);
    expect(rds.commandCalls(RestoreDBInstanceToPointInTimeCommand)).toHaveLength(refusal ? 0 : 1);
  });

  test('one that keeps no log restores to no moment', async () => {
    describes('shop', anInstance({ BackupRetentionPeriod: 0 }));
    await expect(databases().restore(fromLog())).rejects.toEqual(failure('PointNotRestorable'));
  });

  test('files cannot be damaged, so nothing is made', async () => {
    const damaged = databases().restore(aRestore({ damage: 'flipped-page' }));
    await expect(damaged).rejects.toEqual(failure('DamageImpossible'));
    expect(rds.calls()).toEqual([]);
  });
});

describe('a name that is taken', () => {
  const copyOf = (TagList: DBInstance['TagList']) =>
    anInstance({ DBInstanceIdentifier: 'evenkeel-drill-shop-d1', BackupRetentionPeriod: 0, TagList: TagList ?? [] });
  const takenBy = (TagList: DBInstance['TagList']) => {
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: 'evenkeel-drill-shop-d1' })
      .rejectsOnce(fault(DBInstanceNotFoundFault))
      .resolves({ DBInstances: [copyOf(TagList)] });
    rds.on(RestoreDBInstanceFromDBSnapshotCommand).rejects(fault(DBInstanceAlreadyExistsFault));
  };

  test('by the same drill, in the same moment, is the same restore', async () => {
    takenBy(marked);
    await databases().restore(aRestore());
  });
  test('by nobody that we know is not ours', async () => {
    takenBy([]);
    await expect(databases().restore(aRestore())).rejects.toEqual(failure('NotOurs'));
  });
  test('by another drill is not ours', async () => {
    describes('evenkeel-drill-shop-d1', copyOf([{ Key: 'evenkeel:drill', Value: 'shop-d2' }, ...marked.slice(1)]));
    await expect(databases().restore(aRestore())).rejects.toEqual(failure('NotOurs'));
  });
  test('by a snapshot of the same backup is the same snapshot', async () => {
    rds.on(CreateDBSnapshotCommand).rejects(fault(DBSnapshotAlreadyExistsFault));
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot()] });
    await databases().takeSnapshot('shop', 'evenkeel-shop-b1', 'shop-b1');
    await expect(databases().takeSnapshot('shop', 'evenkeel-shop-b1', 'shop-b2')).rejects.toEqual(failure('NotOurs'));
  });
});

describe('pages', () => {
  test('all pages are read for the drills', async () => {
    const one = anInstance({ DBInstanceIdentifier: 'one', TagList: marked });
    const two = anInstance({ DBInstanceIdentifier: 'two', TagList: marked });
    rds
      .on(DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [one, anInstance()], Marker: 'next' })
      .resolvesOnce({ DBInstances: [two] });
    expect((await databases().drills()).map(({ id }) => id)).toEqual(['one', 'two']);
    expect(rds.commandCalls(DescribeDBInstancesCommand)[1]?.args[0].input).toMatchObject({ Marker: 'next' });
  });

  test('and for the snapshots, oldest first, one in the making last', async () => {
    const taken = (id: string, moment: string, Status = 'available') =>
      aSnapshot({ DBSnapshotIdentifier: id, SnapshotCreateTime: new Date(moment), Status });
    rds
      .on(DescribeDBSnapshotsCommand)
      .resolvesOnce({ DBSnapshots: [taken('c', '2026-05-03', 'creating'), taken('b', '2026-05-02')], Marker: 'next' })
      .resolvesOnce({ DBSnapshots: [taken('a', '2026-05-01')] });
    expect((await databases().snapshots('shop')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(rds.commandCalls(DescribeDBSnapshotsCommand)[1]?.args[0].input).toMatchObject({ Marker: 'next' });
  });

  test('a foreign instance that cannot be read stops nobody', async () => {
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [{ DBInstanceIdentifier: 'somebody-elses' }] });
    expect(await databases().drills()).toEqual([]);
  });
});

describe('what RDS describes', () => {
  test.each([
    ['available', 'available'],
    ['creating', 'creating'],
    ['backing-up', 'changing'],
    ['resetting-master-credentials', 'changing'],
    ['deleting', 'removing'],
    ['failed', 'failed'],
    ['storage-full', 'failed'],
    ['incompatible-network', 'failed'],
    ['inaccessible-encryption-credentials', 'failed'],
  ])('%s is %s', async (DBInstanceStatus, status) => {
    describes('shop', anInstance({ DBInstanceStatus }));
    expect(await databases().find('shop')).toMatchObject({ status });
  });

  test('what is not available says why', async () => {
    const StatusInfos = [{ Message: 'the subnet is gone' }];
    describes('shop', anInstance({ DBInstanceStatus: 'incompatible-network', StatusInfos }));
    expect((await databases().find('shop'))?.statusReason).toBe('incompatible-network: the subnet is gone');
  });

  test('one that is full says so, and no other does', async () => {
    describes('shop', anInstance({ DBInstanceStatus: 'storage-full' }));
    expect(await databases().find('shop')).toMatchObject({ failure: 'StorageFull' });
    describes('shop', anInstance({ DBInstanceStatus: 'restore-error' }));
    expect((await databases().find('shop'))?.failure).toBeUndefined();
  });

  test('whether it is public must be said, not guessed', async () => {
    const { PubliclyAccessible: _, ...silent } = anInstance();
    describes('shop', silent);
    const found = databases().find('shop');
    await expect(found).rejects.toEqual(failure('RecordCorrupt'));
    await expect(found).rejects.toThrow(/PubliclyAccessible/);
  });

  test('half a mark is none', async () => {
    describes('shop', anInstance({ TagList: marked.slice(0, 1) }));
    expect((await databases().find('shop'))?.mark).toBeUndefined();
  });

  test('a snapshot holds its last transaction, also when it is a copy that was made later', async () => {
    const SnapshotDatabaseTime = new Date('2026-05-01T09:58:00.000Z');
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot({ SnapshotDatabaseTime })] });
    expect((await databases().findCopy('evenkeel-shop-b1'))?.takenAt).toBe('2026-05-01T09:58:00.000Z');
  });
});

describe('the second region', () => {
  test('fetches the snapshot by its ARN, under a key of its own', async () => {
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot()] });
    rds.on(CopyDBSnapshotCommand).resolves({});
    await databases().copySnapshot('evenkeel-shop-b1');
    const [asked] = rds.commandCalls(CopyDBSnapshotCommand);
    expect(asked?.args[0].input).toEqual({
      SourceDBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:123456789012:snapshot:evenkeel-shop-b1',
      TargetDBSnapshotIdentifier: 'evenkeel-shop-b1',
      KmsKeyId: settings.COPY_KEY_ARN,
      Tags: [{ Key: 'evenkeel:backup', Value: 'shop-b1' }],
    });
    expect(await asked?.thisValue.config.region()).toBe('eu-central-1');
  });

  test('a copy that is there already is the same copy', async () => {
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot()] });
    rds.on(CopyDBSnapshotCommand).rejects(fault(DBSnapshotAlreadyExistsFault));
    await databases().copySnapshot('evenkeel-shop-b1');
  });

  test('what belongs to no backup is not copied', async () => {
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot({ TagList: [] })] });
    await expect(databases().copySnapshot('by-hand')).rejects.toEqual(failure('NotOurs'));
  });

  test('a stage without one has no copies, and says so when asked for one', async () => {
    const without = databases({ SECOND_REGION: 'none', COPY_KEY_ARN: 'none' });
    expect(await without.findCopy('evenkeel-shop-b1')).toBeUndefined();
    await expect(without.copySnapshot('evenkeel-shop-b1')).rejects.toEqual(failure('ConfigInvalid'));
    await without.removeSnapshot('evenkeel-shop-b1');
  });

  test('both are removed, the copy first', async () => {
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [aSnapshot()] });
    rds.on(DeleteDBSnapshotCommand).resolves({});
    await databases().removeSnapshot('evenkeel-shop-b1');
    const regions = rds.commandCalls(DeleteDBSnapshotCommand).map(({ thisValue }) => thisValue.config.region());
    expect(await Promise.all(regions)).toEqual(['eu-central-1', 'eu-west-1']);
  });
});

describe('a removal', () => {
  test('leaves no last snapshot and no backups', async () => {
    describes('evenkeel-drill-shop-d1', anInstance({ TagList: marked }));
    rds.on(DeleteDBInstanceCommand).resolves({});
    await databases().remove('evenkeel-drill-shop-d1');
    expect(rds.commandCalls(DeleteDBInstanceCommand)[0]?.args[0].input).toEqual({
      DBInstanceIdentifier: 'evenkeel-drill-shop-d1',
      SkipFinalSnapshot: true,
      DeleteAutomatedBackups: true,
    });
  });

  test.each([[[]], [marked.slice(1)]])('is not asked for without the whole mark: %j', async (TagList) => {
    describes('shop', anInstance({ TagList }));
    await expect(databases().remove('shop')).rejects.toEqual(failure('NotOurs'));
    expect(rds.commandCalls(DeleteDBInstanceCommand)).toEqual([]);
  });

  test('that is under way is not begun again', async () => {
    describes('shop', anInstance({ TagList: marked, DBInstanceStatus: 'deleting' }));
    await databases().remove('shop');
    expect(rds.commandCalls(DeleteDBInstanceCommand)).toEqual([]);
  });

  test('of what went in between does no harm', async () => {
    describes('shop', anInstance({ TagList: marked }));
    rds.on(DeleteDBInstanceCommand).rejects(fault(DBInstanceNotFoundFault));
    await databases().remove('shop');
  });
});

test.each([
  ['DBSnapshotNotFoundFault', 'SnapshotNotFound'],
  ['InvalidDBSnapshotStateFault', 'DatabaseBusy'],
  ['InvalidDBInstanceStateFault', 'DatabaseBusy'],
  ['InvalidDBInstanceState', 'DatabaseBusy'],
  ['InstanceQuotaExceededFault', 'QuotaExceeded'],
  ['SnapshotQuotaExceededFault', 'QuotaExceeded'],
  ['StorageQuotaExceededFault', 'QuotaExceeded'],
  ['InsufficientDBInstanceCapacityFault', 'DependencyUnavailable'],
  ['PointInTimeRestoreNotEnabledFault', 'PointNotRestorable'],
  ['InvalidRestoreFault', 'PointNotRestorable'],
  ['StorageTypeNotSupportedFault', 'EngineIncompatible'],
  ['InvalidParameterCombination', 'EngineIncompatible'],
  ['KMSKeyNotAccessibleFault', 'AccessDenied'],
  ['DBSubnetGroupNotFoundFault', 'ConfigInvalid'],
  ['DBParameterGroupNotFoundFault', 'ConfigInvalid'],
  ['Throttling', 'DependencyThrottled'],
  ['AccessDenied', 'AccessDenied'],
])('a restore that is refused with %s is %s', async (name, expected) => {
  rds.on(RestoreDBInstanceFromDBSnapshotCommand).rejects(named(name));
  await expect(databases().restore(aRestore())).rejects.toEqual(failure(expected));
});

test('a question that was throttled is not an absent instance', async () => {
  rds.on(DescribeDBInstancesCommand).rejects(named('Throttling'));
  await expect(databases().find('nowhere')).rejects.toEqual(failure('DependencyThrottled'));
});

test('all settings are checked at once', () => {
  const make = () => fromEnvironment(rdsDatabases, { DRILL_SECURITY_GROUP_ID: 'default', SECOND_REGION: 'Frankfurt' });
  expect(make).toThrow(
    /DRILL_SUBNET_GROUP.*DRILL_SECURITY_GROUP_ID.*DRILL_PARAMETER_GROUP.*SECOND_REGION.*COPY_KEY_ARN/,
  );
});
