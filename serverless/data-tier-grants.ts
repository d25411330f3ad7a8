import { accountArn, allow, ref, type Statement, stackName } from './cloudformation.ts';
import { keys } from './database-grants.ts';

/*
 * What a run of remediation may do to the data tier: to the databases of production and the replicas beside them, and to the caches of
 * the stage. None of these removes anything.
 */
const replicas = accountArn('rds', `db:${stackName}-replica-*`);
const servers = [ref('DatabaseArns'), replicas];

export const operationStatements: readonly Statement[] = [
  allow(['rds:DescribeDBInstances', 'rds:DescribeEvents'], '*'),
  ...servers.map((which) => allow(['rds:ModifyDBInstance', 'rds:PromoteReadReplica', 'rds:RebootDBInstance'], which)),
];

export const sessionStatements: readonly Statement[] = [
  allow(['rds:DescribeDBInstances'], '*'),
  allow(['secretsmanager:GetSecretValue'], ref('DatabaseSecretArns')),
  keys('secretsmanager', ['kms:Decrypt'], ref('SecretsKeyArn')),
];

export const cacheStatements: readonly Statement[] = [
  allow(
    ['elasticache:DescribeCacheClusters', 'elasticache:DescribeEvents', 'elasticache:DescribeReplicationGroups'],
    '*',
  ),
  allow(['elasticache:TestFailover'], accountArn('elasticache', `replicationgroup:${stackName}`)),
];
