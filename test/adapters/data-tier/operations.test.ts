import {
  type DBInstance,
  DBInstanceNotFoundFault,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  type Event,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  RDSClient,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rdsOperations } from '../../../lib/adapters/rds/operations.ts';
import { describePromotion, describeRestarts, describeStorage, presently } from '../../contracts/data-tier.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';
import { fakeRegisters } from '../failover/fakes.ts';

const rds = mockClient(RDSClient);
const { reset, table } = fakeRegisters();
const [server, replica] = ['shop', 'shop-replica-1'];
let servers: Record<string, DBInstance>;
let events: Event[];

const change = (id: string | undefined, differs: Partial<DBInstance>) => {
  servers = { ...servers, [id ?? '']: { ...servers[id ?? ''], ...differs } };
};

/** RDS as far as it answers these calls: its reboots are over at once, and told as events. */
beforeEach(() => {
  reset();
  events = [];
  const available = { DBInstanceStatus: 'available', AllocatedStorage: 100, MultiAZ: true };
  servers = {
    [server]: { ...available, DBInstanceIdentifier: server },
    [replica]: { ...available, DBInstanceIdentifier: replica, ReadReplicaSourceDBInstanceIdentifier: server },
  };
  rds.on(DescribeDBInstancesCommand).callsFake(({ DBInstanceIdentifier }) => {
    if (servers[DBInstanceIdentifier]) return { DBInstances: [servers[DBInstanceIdentifier]] };
    throw new DBInstanceNotFoundFault({ message: 'none', $metadata: {} });
  });
  rds.on(DescribeEventsCommand).callsFake(({ SourceIdentifier, SourceType, StartTime }) => {
    if (SourceType !== 'db-instance') throw new Error(`expected db-instance, got ${SourceType}`);
    return {
      Events: events.filter((one) => one.SourceIdentifier === SourceIdentifier && (one.Date ?? 0) >= StartTime),
    };
  });
  rds.on(RebootDBInstanceCommand).callsFake(({ DBInstanceIdentifier, ForceFailover }) => {
    const Message = ForceFailover ? 'Multi-AZ instance failover completed' : 'DB instance restarted';
    events.push({ SourceIdentifier: DBInstanceIdentifier, Message, Date: new Date() });
    return {};
  });
  rds.on(ModifyDBInstanceCommand).callsFake(({ DBInstanceIdentifier, AllocatedStorage }) => {
    change(DBInstanceIdentifier, { AllocatedStorage });
    return {};
  });
  rds.on(PromoteReadReplicaCommand).callsFake(({ DBInstanceIdentifier }) => {
    const { ReadReplicaSourceDBInstanceIdentifier, ...alone } = servers[DBInstanceIdentifier] ?? {};
    servers = { ...servers, [DBInstanceIdentifier]: alone };
    return {};
  });
});
afterEach(() => {
  rds.reset();
  table.reset();
});

const operations = () => fromEnvironment(rdsOperations, { CONTROL_TABLE: 'control' });
const reboots = () => rds.commandCalls(RebootDBInstanceCommand).map(({ args: [{ input }] }) => input);
const world = () => ({ port: operations(), server, replica, now: presently });

describeRestarts('RDS', async () => ({ ...world(), started: async () => reboots().length }));
describeStorage('RDS', async () => ({ ...world(), gib: async () => servers[server]?.AllocatedStorage ?? 0 }));
describePromotion('RDS', async () => ({
  ...world(),
  follows: async () => servers[replica]?.ReadReplicaSourceDBInstanceIdentifier !== undefined,
  lose: async () => change(server, { DBInstanceStatus: 'failed' }),
}));

describe('a restart', () => {
  test('of one that is being restarted is none: the call may be lost, and RDS at it', async () => {
    change(server, { DBInstanceStatus: 'rebooting' });
    await operations().restart(server, 'in-place', presently(), 1);
    expect(reboots()).toEqual([]);
  });

  test('to the standby forces a failover; that RDS only restarted it is not enough', async () => {
    const since = presently();
    await operations().restart(server, 'in-place', since, 1);
    await operations().restart(server, 'to-standby', since, 1);
    await operations().restart(server, 'to-standby', since, 1);
    expect(reboots().map(({ ForceFailover }) => ForceFailover)).toEqual([false, true]);
  });

  test('to a standby that there is not is refused', async () => {
    change(server, { MultiAZ: false });
    await expect(operations().restart(server, 'to-standby', presently(), 1)).rejects.toEqual(
      failure('ActionImpossible'),
    );
    expect(reboots()).toEqual([]);
  });
});

describe('a growth', () => {
  const growth = { byPercent: 20, atMostGib: 1000, stamp: 'a' };

  test('is refused while other changes wait: they would be made at once', async () => {
    change(server, { PendingModifiedValues: { DBInstanceClass: 'db.r7g.xlarge' } });
    await expect(operations().extendStorage(server, growth, 1)).rejects.toMatchObject({
      name: 'ActionImpossible',
      message: expect.stringContaining('DBInstanceClass'),
    });
    expect(rds.commandCalls(ModifyDBInstanceCommand)).toEqual([]);
  });

  test('that was lost after it was kept is asked for again, as it was planned', async () => {
    rds.on(ModifyDBInstanceCommand).rejectsOnce(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    await expect(operations().extendStorage(server, growth, 1)).rejects.toEqual(failure('DependencyUnavailable'));
    rds.on(ModifyDBInstanceCommand).resolves({});
    expect(await operations().extendStorage(server, growth, 1)).toEqual({ fromGib: 100, toGib: 120 });
    const [, again] = rds.commandCalls(ModifyDBInstanceCommand);
    expect(again?.args[0].input).toEqual({
      DBInstanceIdentifier: server,
      AllocatedStorage: 120,
      ApplyImmediately: true,
    });
  });

  test('that is under way is not asked for again', async () => {
    await operations().extendStorage(server, growth, 1);
    change(server, { AllocatedStorage: 100, PendingModifiedValues: { AllocatedStorage: 120 } });
    await operations().extendStorage(server, growth, 1);
    expect(rds.commandCalls(ModifyDBInstanceCommand)).toHaveLength(1);
  });

  test('that RDS does not take is impossible, in its words', async () => {
    const refusal = Object.assign(new Error('storage optimization is in progress'), {
      name: 'InvalidParameterCombination',
    });
    rds.on(ModifyDBInstanceCommand).rejects(refusal);
    await expect(operations().extendStorage(server, growth, 1)).rejects.toMatchObject({
      name: 'ActionImpossible',
      message: expect.stringContaining('storage optimization'),
    });
  });
});

describe('a copy', () => {
  test.each(['stopped', 'rebooting', 'modifying'])('of a server that is %s is not promoted', async (status) => {
    change(server, { DBInstanceStatus: status });
    await expect(operations().promote(replica, 1)).rejects.toEqual(failure('ActionImpossible'));
    expect(rds.commandCalls(PromoteReadReplicaCommand)).toEqual([]);
  });

  test('of a server in another region is asked for there', async () => {
    change(replica, { ReadReplicaSourceDBInstanceIdentifier: `arn:aws:rds:eu-central-1:123456789012:db:${server}` });
    await expect(operations().promote(replica, 1)).rejects.toMatchObject({ data: { status: 'available' } });
    delete servers[server];
    await operations().promote(replica, 1);
    const [asked] = rds.commandCalls(PromoteReadReplicaCommand);
    expect(asked?.args[0].input).toEqual({ DBInstanceIdentifier: replica, BackupRetentionPeriod: 1 });
  });

  test('whose server cannot be asked is not promoted', async () => {
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: server })
      .rejects(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    await expect(operations().promote(replica, 1)).rejects.toEqual(failure('DependencyUnavailable'));
    expect(rds.commandCalls(PromoteReadReplicaCommand)).toEqual([]);
  });
});
