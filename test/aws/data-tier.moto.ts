import { CreateDBInstanceCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { rdsOperations } from '../../lib/adapters/rds/operations.ts';
import { describeStorage } from '../contracts/data-tier.contract.ts';
import { newControlTable, uniqueName } from './account.ts';

/*
 * Restarts and caches are not here, because moto tells no events of either, nor promotions: moto goes on telling of a promoted copy that
 * it follows (test/adapters/data-tier).
 */

const client = new RDSClient();

const described = async (DBInstanceIdentifier: string) =>
  (await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0];

const newServer = async () => {
  const server = uniqueName('shop');
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: server,
      DBInstanceClass: 'db.r6g.large',
      Engine: 'postgres',
      EngineVersion: '18.4',
      AllocatedStorage: 100,
      BackupRetentionPeriod: 7,
    }),
  );
  return { port: rdsOperations.create(await newControlTable()), server };
};

describeStorage('RDS', async () => {
  const world = await newServer();
  return { ...world, gib: async () => (await described(world.server))?.AllocatedStorage ?? 0 };
});
