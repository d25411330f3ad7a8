import { heartbeatMetric } from '../lib/adapters/failover/heartbeats.ts';
import { allow, provided, type Statement, sub } from './cloudformation.ts';

/*
 * What the adapters of a failover may do. The primary region's instances and the replica bear the tag `evenkeel:failover`; IAM
 * forbids to fence or promote anything else. Records are changed, never made or deleted.
 */
const servers = sub(`arn:\${AWS::Partition}:rds:*:\${AWS::AccountId}:db:*`);
const zones = sub(`arn:\${AWS::Partition}:route53:::hostedzone/*`);
const checks = sub(`arn:\${AWS::Partition}:route53:::healthcheck/*`);
const inFailover = { StringLike: { 'aws:ResourceTag/evenkeel:failover': '?*' } };

export const writerStatements: readonly Statement[] = [
  allow(['rds:DescribeDBInstances'], '*'),
  provided(allow(['rds:ModifyDBInstance', 'rds:PromoteReadReplica', 'rds:RebootDBInstance'], servers), inFailover),
];

export const nameStatements: readonly Statement[] = [
  allow(['route53:ListResourceRecordSets'], zones),
  provided(allow(['route53:ChangeResourceRecordSets'], zones), {
    'ForAllValues:StringEquals': {
      'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
      'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME'],
    },
  }),
];

export const heartbeatStatements: readonly Statement[] = [
  allow(['elasticloadbalancing:DescribeTargetHealth'], '*'),
  provided(allow(['cloudwatch:PutMetricData'], '*'), {
    StringEquals: { 'cloudwatch:namespace': heartbeatMetric.namespace },
  }),
];

export const witnessStatements: readonly Statement[] = [
  allow(['route53:GetHealthCheckStatus'], checks),
  allow(['cloudwatch:GetMetricData'], '*'),
];
