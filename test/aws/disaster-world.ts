import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { aBackup, someEvidence } from '../contracts/good-recovery.ts';
import { endpoint } from './account.ts';

/* What docs/runbooks/disaster.md finds when the control plane is gone, by the names that Terraform gives. */

export const first = 'eu-west-1';
const second = 'eu-central-1';
const account = '123456789012';
const database = 'mcp-ui';
const snapshot = 'evenkeel-mcp-ui-b1';
const name = 'api.mcp-ui.example.com';

/** There is no EC2 client among the dependencies. */
const ec2 = async (region: string, parameters: Record<string, string>): Promise<string> => {
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260501/${region}/ec2/aws4_request, SignedHeaders=host, Signature=x`;
  const body = new URLSearchParams({ ...parameters, Version: '2016-11-15' });
  return (await fetch(endpoint(), { method: 'POST', headers: { authorization }, body })).text();
};

/** Its id, by the answer. */
const newGroup = async (region: string, GroupName: string): Promise<string> => {
  const answer = await ec2(region, { Action: 'CreateSecurityGroup', GroupName, GroupDescription: GroupName });
  return /sg-[0-9a-f]+/.exec(answer)?.[0] ?? answer;
};

const newSubnetGroup = async (region: string, DBSubnetGroupName: string): Promise<void> => {
  const SubnetIds = [...new Set((await ec2(region, { Action: 'DescribeSubnets' })).match(/subnet-[0-9a-f]+/g))];
  const DBSubnetGroupDescription = DBSubnetGroupName;
  const group = new CreateDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription, SubnetIds });
  await new RDSClient({ region }).send(group);
};

const like = {
  DBInstanceClass: 'db.r7g.large',
  Engine: 'postgres',
  AllocatedStorage: 20,
  BackupRetentionPeriod: 7,
  MasterUsername: 'evenkeel_owner',
  MasterUserPassword: 'of-production',
};

const newDatabase = async (): Promise<void> => {
  const rds = new RDSClient({ region: first });
  await newSubnetGroup(first, 'evenkeel-production-database');
  const DBParameterGroupName = 'evenkeel-production-postgres17';
  const Description = 'of production';
  await rds.send(
    new CreateDBParameterGroupCommand({ DBParameterGroupName, DBParameterGroupFamily: 'postgres17', Description }),
  );
  await rds.send(
    new CreateDBInstanceCommand({
      ...like,
      DBInstanceIdentifier: 'evenkeel-production',
      DBParameterGroupName,
      DBSubnetGroupName: 'evenkeel-production-database',
    }),
  );
  const Tags = [{ Key: 'evenkeel:backup', Value: 'mcp-ui-b1' }];
  const taken = { DBInstanceIdentifier: 'evenkeel-production', DBSnapshotIdentifier: snapshot, Tags };
  await rds.send(new CreateDBSnapshotCommand(taken));
};

/** moto breaks off on a source in another region, so the replica's is beside it; the page does not look at where it is. */
const newReplica = async (): Promise<void> => {
  const rds = new RDSClient({ region: second });
  const SourceDBInstanceIdentifier = 'evenkeel-production-source';
  await rds.send(new CreateDBInstanceCommand({ ...like, DBInstanceIdentifier: SourceDBInstanceIdentifier }));
  const replica = { DBInstanceIdentifier: 'evenkeel-second-region', SourceDBInstanceIdentifier };
  await rds.send(new CreateDBInstanceReadReplicaCommand(replica));
};

const newRecords = async (): Promise<void> => {
  const TableName = 'evenkeel-production-control';
  const keys = ['pk', 'sk'] as const;
  await new DynamoDBClient({ region: first }).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  const at = { takenAt: '2026-05-01T10:01:00.000Z', endedAt: '2026-05-01T10:02:00.000Z' };
  const whole = { id: 'mcp-ui-b1', database, snapshot, status: 'complete', proof: 'proven', ...at } as const;
  await dynamoBackups.create({ CONTROL_TABLE: TableName }).begin(aBackup(whole));
};

const newEvidence = async (): Promise<void> => {
  const EVIDENCE_BUCKET = `evenkeel-production-evidence-${account}`;
  await new S3Client({ region: first }).send(
    new CreateBucketCommand({
      Bucket: EVIDENCE_BUCKET,
      ObjectLockEnabledForBucket: true,
      CreateBucketConfiguration: { LocationConstraint: first },
    }),
  );
  const settings = { EVIDENCE_BUCKET, EVIDENCE_LOCK_MODE: 'GOVERNANCE', EVIDENCE_LOCK_DAYS: 1 } as const;
  await s3EvidenceVault.create(settings).keep(someEvidence(1, 'mcp-ui-d1', database));
};

const newCluster = (region: string, of: string) =>
  new EKSClient({ region }).send(
    new CreateClusterCommand({
      name: of,
      roleArn: `arn:aws:iam::${account}:role/cluster`,
      resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
    }),
  );

/** Returns the zone's id. */
const newNames = async (): Promise<string> => {
  const client = new Route53Client({ region: first });
  const zone = await client.send(
    new CreateHostedZoneCommand({ Name: 'mcp-ui.example.com', CallerReference: String(Date.now()) }),
  );
  const HostedZoneId = zone.HostedZone?.Id?.split('/').at(-1) ?? '';
  const record = (SetIdentifier: string, Weight: number, DNSName: string) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name: name,
      Type: 'A' as const,
      SetIdentifier,
      Weight,
      AliasTarget: { HostedZoneId: 'Z2FDTNDATAQYW2', DNSName, EvaluateTargetHealth: false },
    },
  });
  const Changes = [record('primary', 100, 'd111.cloudfront.net'), record('second', 0, 'second.elb.amazonaws.com')];
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  return HostedZoneId;
};

/** All of it, and what a person would fill in. */
export const newDisasterWorld = async () => {
  const login = { username: 'evenkeel_owner', password: 'of-production', dbname: 'mcp_ui' };
  await new SecretsManagerClient({ region: first }).send(
    new CreateSecretCommand({ Name: 'evenkeel/production/database', SecretString: JSON.stringify(login) }),
  );
  await newGroup(first, 'evenkeel-production-restore-test');
  const groups = {
    database: await newGroup(first, 'evenkeel-production-database'),
    fence: await newGroup(first, 'evenkeel-production-fence'),
  };
  await newDatabase();
  await newReplica();
  await newRecords();
  await newEvidence();
  await newCluster(first, 'evenkeel-production');
  await newCluster(second, 'evenkeel-second-region');
  const ZONE = await newNames();
  const { username: USERNAME, dbname: DBNAME } = login;
  return {
    groups,
    values: { SNAPSHOT: snapshot, MOMENT: '2026-05-01T09:59:00Z', ZONE, NAME: name, USERNAME, DBNAME },
  };
};
