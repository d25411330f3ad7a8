import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { beforeAll } from '@jest/globals';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { describeRestores, describeSnapshots } from '../contracts/databases.contract.ts';
import { endpoint, uniqueName } from './account.ts';

const client = new RDSClient();
const settings = {
  DRILL_SUBNET_GROUP: uniqueName('isolated'),
  DRILL_SECURITY_GROUP_ID: 'sg-0123456789abcdef0',
  DRILL_PARAMETER_GROUP: uniqueName('drills'),
  SECOND_REGION: 'eu-central-1',
  COPY_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/copies',
};
const productionSubnets = uniqueName('data');

/** There is no EC2 client among the dependencies, and one read is all that is needed of it. */
const subnetIds = async (): Promise<string[]> => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=testing/20260501/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=x';
  const body = new URLSearchParams({ Action: 'DescribeSubnets', Version: '2016-11-15' });
  const answer = await fetch(endpoint(), { method: 'POST', headers: { authorization }, body });
  return [...new Set((await answer.text()).match(/subnet-[0-9a-f]+/g))].slice(0, 2);
};

const newSubnetGroup = async (DBSubnetGroupName: string) =>
  client.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName,
      DBSubnetGroupDescription: DBSubnetGroupName,
      SubnetIds: await subnetIds(),
    }),
  );

beforeAll(async () => {
  for (const name of [settings.DRILL_SUBNET_GROUP, productionSubnets]) await newSubnetGroup(name);
  const DBParameterGroupName = settings.DRILL_PARAMETER_GROUP;
  const DBParameterGroupFamily = 'postgres18';
  const Description = 'Restored databases';
  await client.send(new CreateDBParameterGroupCommand({ DBParameterGroupName, DBParameterGroupFamily, Description }));
});

const newProduction = async (): Promise<string> => {
  const id = uniqueName('shop');
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: id,
      DBInstanceClass: 'db.r6g.large',
      Engine: 'postgres',
      EngineVersion: '18.4',
      AllocatedStorage: 20,
      BackupRetentionPeriod: 7,
      DBSubnetGroupName: productionSubnets,
      VpcSecurityGroupIds: ['sg-0fedcba9876543210'],
      PubliclyAccessible: false,
      StorageEncrypted: true,
      MasterUsername: 'shop',
      MasterUserPassword: 'of-production',
    }),
  );
  return id;
};

const aWorld = async () => {
  const production = await newProduction();
  return {
    port: rdsDatabases.create(settings),
    production,
    async foreignSnapshot() {
      const DBSnapshotIdentifier = uniqueName('by-hand');
      const wish = { DBInstanceIdentifier: production, DBSnapshotIdentifier };
      await client.send(new CreateDBSnapshotCommand(wish));
      return DBSnapshotIdentifier;
    },
    // moto does everything at once.
    settle: async () => {},
  };
};

/*
 * moto lets a restore have the backups of its source whatever is asked, restores to any moment, and copies only within a
 * region. What is asked of RDS there is proven in test/adapters/databases.test.ts.
 */
describeSnapshots('RDS', aWorld);
describeRestores('RDS', aWorld);
