import {
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import type { Instance, RestoreSource } from '../../lib/contracts/database.ts';
import { AccessDenied, DependencyUnavailable } from '../../lib/contracts/failures.ts';
import type { Databases } from '../../lib/ports/databases.ts';
import type { ModelWorld } from '../../twin/model/model-world.ts';
import { aRecovery } from '../model/recovery-scenario.ts';
import { fromEnvironment } from '../support/settings.ts';
import { readText } from '../support/sources.ts';

/* What hurts the users of existing systems in restores and restore tests, one test for each line. */

const reaperKey = 'triggerReapDue';
const hours = 3600;

/** The same world with other databases. */
const withDatabases =
  (change: (port: Databases, world: ModelWorld) => Partial<Databases>) =>
  (world: ModelWorld): ModelWorld => {
    const { databases } = world.ports;
    return { ...world, ports: { ...world.ports, databases: { ...databases, ...change(databases, world) } } };
  };

/** What must be true in the end, whatever happened on the way. */
const nothingLeft = { copies: [], armed: undefined, deadLetters: [] };

describe('a restore run that is killed leaves nothing in the end, and was red until then', () => {
  const { States } = JSON.parse(readText('statemachines/restore-test.asl.json')) as {
    States: Record<string, { Type: string }>;
  };
  const steps = Object.keys(States).filter((name) => States[name]?.Type === 'Task' && name !== 'DamageCopy');

  const made = (calls: readonly { method: string }[]) => calls.some(({ method }) => method === 'restore');

  test.each(steps)('at %s', async (task) => {
    const { twin, drilled, ends } = await aRecovery();
    twin.follow(reaperKey, 4 * hours);
    drilled();
    const begun = () => twin.calls.some((call) => call.task === task);
    const lastMs = twin.clock.now() + hours * 1000;
    await twin.clock.run({ until: () => begun() || twin.clock.now() > lastMs });
    expect(begun()).toBe(true);
    for (const { executionArn, status } of twin.runs.values())
      if (status === 'RUNNING') await twin.engine.stopExecution(executionArn);
    const end = await ends();
    expect(end).toMatchObject(nothingLeft);
    expect(end.runs['shop-db-d1']).not.toBe('SUCCEEDED');
    if (end.drill) expect(end.drill.status).toBe('ended');
    if (made(twin.calls)) expect(end.drill?.outcome?.costUsd).toBeGreaterThan(0);
  });
});

describe('the quota of the account is used up', () => {
  test('the drill is red with that name, and nothing is left', async () => {
    const { twin, drilled, ends } = await aRecovery();
    twin.world.instances.quota = twin.world.instances.servers().length;
    drilled();
    const end = await ends();
    expect(end).toMatchObject({ ...nothingLeft, errors: { 'shop-db-d1': 'DrillFailed' } });
    expect(end.drill?.outcome).toMatchObject({ verdict: 'error', absent: true });
    expect(end.drill?.outcome?.reason).toContain('QuotaExceeded');
    expect(end.messages).toEqual(['drill: shop-db: drill shop-db-d1 error']);
  });
});

describe('deleting fails for an hour', () => {
  /** Longer than the drill itself waits for its copy to go. */
  const aDeafHour = async (ends: 'unavailable' | 'denied' | 'unheard') => {
    const scenario = await aRecovery({
      mutate: withDatabases((port) => ({
        async remove(id) {
          if (clockMs() >= startedMs + hours * 1000) return port.remove(id);
          if (ends === 'unavailable') throw new DependencyUnavailable('RDS: does not answer');
          if (ends === 'denied') throw new AccessDenied('RDS: may not delete');
        },
      })),
    });
    const { clock } = scenario.twin;
    const clockMs = () => clock.now();
    const startedMs = clock.now();
    scenario.twin.follow(reaperKey, 4 * hours);
    scenario.drilled();
    return scenario;
  };

  test.each(['unavailable', 'denied', 'unheard'] as const)('%s: it is gone in the end', async (how) => {
    const { ends } = await aDeafHour(how);
    const end = await ends();
    expect(end).toMatchObject(nothingLeft);
    expect(end.drill).toMatchObject({ status: 'ended', outcome: { absent: true } });
  });

  test('until then it is on record, red, told, and told with what it costs', async () => {
    const { twin, ends } = await aDeafHour('denied');
    await twin.clock.run({ untilMs: twin.clock.now() + 0.9 * hours * 1000 });
    const drill = twin.world.drills.get('shop-db-d1');
    expect(drill?.status).toBe('open');
    expect(twin.world.instances.find(drill?.plan.instance ?? '')).toBeDefined();
    expect([...twin.runs.values()].find(({ name }) => name === 'shop-db-d1')?.status).toBe('FAILED');
    const orphan = [...twin.world.messages.values()].find(({ kind }) => kind === 'orphan');
    expect(orphan?.body).toMatch(/costs about \d+\.\d\d USD an hour/);
    const [evidence] = [...twin.world.evidence.values()].flat();
    expect(evidence?.drill?.outcome).toMatchObject({ verdict: 'error', absent: false });
    await ends();
  });
});

describe('a restored database is never where somebody can reach it, and nothing keeps it', () => {
  const rds = mockClient(RDSClient);
  const databases = fromEnvironment(rdsDatabases, {
    DRILL_SUBNET_GROUP: 'evenkeel-production-restore-test',
    DRILL_SECURITY_GROUP_ID: 'sg-restoretest',
    DRILL_PARAMETER_GROUP: 'evenkeel-production',
    SECOND_REGION: 'none',
    COPY_KEY_ARN: 'none',
  });
  const at = '2026-05-01T10:00:00.000Z';
  const window = { EarliestTime: new Date('2026-04-24T10:00:00.000Z') };
  const production = {
    DBInstanceIdentifier: 'shop',
    DBInstanceStatus: 'available',
    DBInstanceClass: 'db.r7g.large',
    EngineVersion: '18.4',
    AllocatedStorage: 20,
    LatestRestorableTime: new Date(at),
    PubliclyAccessible: false,
    BackupRetentionPeriod: 7,
    DeletionProtection: true,
    StorageEncrypted: true,
    DBSubnetGroup: { DBSubnetGroupName: 'evenkeel-production-database' },
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-production', Status: 'active' }],
  };
  const sources: RestoreSource[] = [
    { kind: 'snapshot', snapshot: 'evenkeel-shop-b1', of: 'shop' },
    { kind: 'point-in-time', of: 'shop', at },
  ];

  test.each(sources)('what RDS is asked for: $kind', async (source) => {
    rds.reset();
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [] });
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: 'shop' }).resolves({ DBInstances: [production] });
    rds
      .on(DescribeDBInstanceAutomatedBackupsCommand)
      .resolves({ DBInstanceAutomatedBackups: [{ RestoreWindow: window }] });
    const mark = { drill: 'shop-d1', removeBy: '2026-05-01T16:00:00.000Z' };
    const asked = await databases
      .restore({ as: 'evenkeel-drill-shop-d1', source, sizeClass: 'db.t4g.medium', mark })
      .then(() => [
        ...rds.commandCalls(RestoreDBInstanceFromDBSnapshotCommand),
        ...rds.commandCalls(RestoreDBInstanceToPointInTimeCommand),
      ]);
    expect(asked.map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({
        DBSubnetGroupName: 'evenkeel-production-restore-test',
        VpcSecurityGroupIds: ['sg-restoretest'],
        PubliclyAccessible: false,
        BackupRetentionPeriod: 0,
        DeletionProtection: false,
      }),
    ]);
  });

  /** As AWS Backup infers them, or as somebody changed them afterwards. */
  const reached: [string, (copy: Instance) => Instance][] = [
    ['in the default network', (copy) => ({ ...copy, reach: { ...copy.reach, subnetGroup: 'default' } })],
    ['in the network of production', (copy) => ({ ...copy, reach: { ...copy.reach, subnetGroup: 'data' } })],
    ['public', (copy) => ({ ...copy, reach: { ...copy.reach, public: true } })],
    [
      'in a security group of production',
      (copy) => ({ ...copy, reach: { ...copy.reach, securityGroups: ['drill', 'database'] } }),
    ],
    ['backed up', (copy) => ({ ...copy, backupRetentionDays: 1 })],
    ['protected from deletion', (copy) => ({ ...copy, deletionProtection: true })],
  ];

  test.each(reached)('one that is %s is red, read by nobody, and removed', async (_, changed) => {
    const { drilled, ends } = await aRecovery({
      mutate: withDatabases((port) => ({
        async find(id) {
          const found = await port.find(id);
          return found?.mark ? changed(found) : found;
        },
      })),
    });
    drilled();
    const end = await ends();
    expect(end).toMatchObject({ ...nothingLeft, errors: { 'shop-db-d1': 'DrillFailed' } });
    expect(end.drill?.outcome?.reason).toContain('NotIsolated');
    expect(end.facts).not.toContain('first-verdict');
  });
});
