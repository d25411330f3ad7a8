import { allow, provided, ref, type Statement, sub, type Value } from './cloudformation.ts';

/*
 * What the adapters of databases may do. IAM itself forbids what must never be: a removal, or a change, of what does not bear
 * a drill's mark, and a restore to anywhere but the isolated subnets (lib/adapters/rds).
 */
const rds = (rest: string, region = `\${AWS::Region}`): Value =>
  sub(`arn:\${AWS::Partition}:rds:${region}:\${AWS::AccountId}:${rest}`);

/** Of any region: a copy has the name of its snapshot. */
const ourSnapshots = rds('snapshot:evenkeel-*', '*');
const drills = rds('db:evenkeel-drill-*');
const automated = [rds('snapshot:rds:*'), rds('auto-backup:*')];

const carrying = (key: string) => ({ StringLike: { [`aws:ResourceTag/${key}`]: '?*' } });
const under = (key: string) => ({ StringLike: { [`aws:RequestTag/${key}`]: '?*' } });

export const keys = (
  service: string,
  actions: readonly string[],
  resource: Value,
  region = `\${AWS::Region}`,
): Statement =>
  provided(allow(actions, resource), {
    StringLike: { 'kms:ViaService': sub(`${service}.${region}.\${AWS::URLSuffix}`) },
  });

const lookingAtDatabases = allow(
  ['rds:DescribeDBInstanceAutomatedBackups', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'],
  '*',
);

const takingSnapshots = [
  allow(['rds:CreateDBSnapshot'], ref('DatabaseArns')),
  provided(allow(['rds:CreateDBSnapshot', 'rds:AddTagsToResource'], ourSnapshots), under('evenkeel:backup')),
  // The region that a copy is fetched from is not told of its tags.
  allow(['rds:CopyDBSnapshot'], ourSnapshots),
  provided(allow(['rds:DeleteDBSnapshot'], ourSnapshots), carrying('evenkeel:backup')),
];

const restoring = ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:RestoreDBInstanceToPointInTime'];
const restores = [
  provided(allow([...restoring, 'rds:AddTagsToResource'], drills), under('evenkeel:drill')),
  allow(restoring, [
    ourSnapshots,
    ...automated,
    rds(`subgrp:\${DrillSubnetGroup}`),
    rds(`pg:\${DrillParameterGroup}`),
    rds('og:default:*'),
  ]),
  allow(restoring, ref('DatabaseArns')),
  provided(allow(['rds:DeleteDBInstance'], drills), carrying('evenkeel:drill')),
];

/** RDS uses the keys for whoever restores or copies, in either region. */
const keysOfDatabases = keys(
  'rds',
  [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  ref('DatabaseKeyArns'),
  '*',
);

export const databaseStatements: readonly Statement[] = [
  lookingAtDatabases,
  ...takingSnapshots,
  ...restores,
  keysOfDatabases,
];

/** The mark itself can be neither set nor changed by who sets a login. */
const onlyTheLogin = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['evenkeel:login'] } };

export const contentsStatements: readonly Statement[] = [
  allow(['rds:DescribeDBInstances'], '*'),
  provided(allow(['rds:ModifyDBInstance'], drills), carrying('evenkeel:drill')),
  provided(allow(['rds:AddTagsToResource'], drills), { ...carrying('evenkeel:drill'), ...onlyTheLogin }),
  allow(['secretsmanager:GetSecretValue'], ref('DatabaseSecretArns')),
  allow(['secretsmanager:GetSecretValue'], ref('DrillKeySecretArn')),
  keys('secretsmanager', ['kms:Decrypt'], ref('SecretsKeyArn')),
];
