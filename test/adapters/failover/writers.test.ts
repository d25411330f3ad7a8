import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import {
  type DBInstance,
  DBInstanceNotFoundFault,
  DescribeDBInstancesCommand,
  InvalidDBInstanceStateFault,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  RDSClient,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rdsWriters } from '../../../lib/adapters/failover/writers.ts';
import { describeWriters } from '../../contracts/failover.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';
import { fakeRegisters } from './fakes.ts';

const rds = mockClient(RDSClient);
const { reset, table } = fakeRegisters();
const unanswered = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
let replica: DBInstance;
let server: Server;
let port: number;

/** RDS of both regions, and the old server as something that listens until it is fenced or lost. */
beforeEach(async () => {
  process.env.AWS_REGION = 'eu-central-1';
  reset();
  server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  replica = {
    DBInstanceIdentifier: 'shop-second',
    DBInstanceStatus: 'available',
    ReadReplicaSourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:123456789012:db:shop-first',
    BackupRetentionPeriod: 0,
  };
  rds.on(DescribeDBInstancesCommand).callsFake(({ DBInstanceIdentifier }) => {
    if (DBInstanceIdentifier === 'shop-second') return { DBInstances: [replica] };
    throw new DBInstanceNotFoundFault({ message: 'none', $metadata: {} });
  });
  rds.on(ModifyDBInstanceCommand).resolves({});
  rds.on(RebootDBInstanceCommand).callsFake(async () => {
    await close();
    return {};
  });
  rds.on(PromoteReadReplicaCommand).callsFake(() => {
    const { ReadReplicaSourceDBInstanceIdentifier, ...alone } = replica;
    replica = alone;
    return {};
  });
});
const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
afterEach(async () => {
  rds.reset();
  table.reset();
  await close();
});

const writers = () => {
  const address = { host: '127.0.0.1', port };
  const old = { region: 'eu-west-1', fenceSecurityGroup: 'sg-fence', address };
  const FAILOVER = JSON.stringify({ writers: { 'shop-first': old } });
  return fromEnvironment(rdsWriters, { CONTROL_TABLE: 'control', FAILOVER });
};

const regionGone = async () => {
  rds.on(ModifyDBInstanceCommand).rejects(unanswered);
  await close();
};

describeWriters('RDS', async () => ({
  port: writers(),
  old: 'shop-first',
  replica: 'shop-second',
  settled: async () => {},
  loseOld: regionGone,
}));

describe('fencing', () => {
  test('puts the server behind a group without rules, and ends the sessions that are there', async () => {
    await writers().fence('shop-first', 1);
    expect(rds.commandCalls(ModifyDBInstanceCommand)[0]?.args[0].input).toEqual({
      DBInstanceIdentifier: 'shop-first',
      VpcSecurityGroupIds: ['sg-fence'],
      ApplyImmediately: true,
    });
    expect(rds.commandCalls(RebootDBInstanceCommand)).toHaveLength(1);
  });
  test('again restarts nothing', async () => {
    await writers().fence('shop-first', 1);
    await writers().fence('shop-first', 1);
    expect(rds.commandCalls(RebootDBInstanceCommand)).toHaveLength(1);
  });
  test('that did not come to its end goes on where it was', async () => {
    rds.on(RebootDBInstanceCommand).rejectsOnce(new InvalidDBInstanceStateFault({ message: 'busy', $metadata: {} }));
    await expect(writers().fence('shop-first', 1)).rejects.toEqual(failure('DatabaseBusy'));
    expect(await writers().fence('shop-first', 1)).toBe('fenced');
  });
  test('that RDS refuses is no fence', async () => {
    rds.on(ModifyDBInstanceCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await expect(writers().fence('shop-first', 1)).rejects.toEqual(failure('AccessDenied'));
  });
});

test('a server that RDS does not answer for, but that can be connected to, is taken for a writer', async () => {
  rds.on(ModifyDBInstanceCommand).rejects(unanswered);
  expect(await writers().fence('shop-first', 1)).toBe('unreachable');
  expect(await writers().state('shop-first')).toBe('writes');
});

test('a replica that is promoted keeps backups', async () => {
  await writers().promote('shop-second', 1);
  const [call] = rds.commandCalls(PromoteReadReplicaCommand);
  expect(call?.args[0].input).toEqual({ DBInstanceIdentifier: 'shop-second', BackupRetentionPeriod: 1 });
});

test('one that is being promoted takes no writes yet', async () => {
  const { ReadReplicaSourceDBInstanceIdentifier, ...alone } = replica;
  replica = { ...alone, DBInstanceStatus: 'rebooting' };
  expect(await writers().state('shop-second')).toBe('silent');
});
