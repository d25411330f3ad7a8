import { accountArn, allow, provided, ref, type Statement, sub } from './cloudformation.ts';

const evidence = (rest = '') => sub(`arn:\${AWS::Partition}:s3:::\${EvidenceBucket}${rest}`);

/** Reading, and adding under a lock. Nothing here deletes, and nothing shortens a lock. */
export const evidenceStatements: readonly Statement[] = [
  allow(['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], evidence('/*')),
  allow(['s3:ListBucket'], evidence()),
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], ref('EvidenceKeyArn')),
];

/** Only in the group of drills, and only as the role that may call the one function. */
export const removalStatements: readonly Statement[] = [
  allow(
    ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:GetSchedule'],
    accountArn('scheduler', `schedule/\${DrillScheduleGroup}/drill-*`),
  ),
  provided(allow(['iam:PassRole'], ref('RemovalRoleArn')), {
    StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
  }),
];
