import { awsInventory } from '../lib/adapters/certificates/inventory.ts';
import { certificateRenewals } from '../lib/adapters/certificates/renewals.ts';
import { cloudwatchSignals } from '../lib/adapters/cloudwatch/signals.ts';
import { dnsCaa } from '../lib/adapters/dns/caa.ts';
import { dynamoBackups } from '../lib/adapters/dynamodb/backups.ts';
import { dynamoCertificates } from '../lib/adapters/dynamodb/certificates.ts';
import { dynamoDrills } from '../lib/adapters/dynamodb/drills.ts';
import { dynamoIncidents } from '../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../lib/adapters/dynamodb/releases.ts';
import { ecrImages } from '../lib/adapters/ecr/images.ts';
import { cloudFrontEdge } from '../lib/adapters/edge/cloudfront.ts';
import { ruleSchedules } from '../lib/adapters/edge/schedules.ts';
import { elastiCaches } from '../lib/adapters/elasticache/caches.ts';
import { albTraffic } from '../lib/adapters/elbv2/traffic.ts';
import { route53Dns } from '../lib/adapters/failover/dns.ts';
import { crossRegionHeartbeats } from '../lib/adapters/failover/heartbeats.ts';
import { regionWitnesses } from '../lib/adapters/failover/witnesses.ts';
import { rdsWriters } from '../lib/adapters/failover/writers.ts';
import { bundledCatalogs } from '../lib/adapters/file/catalogs.ts';
import { httpProbe } from '../lib/adapters/http/probe.ts';
import { kmsSigner } from '../lib/adapters/kms/signer.ts';
import { eksCluster } from '../lib/adapters/kubernetes/cluster.ts';
import { eksExports } from '../lib/adapters/kubernetes/exports.ts';
import { eksPods } from '../lib/adapters/kubernetes/pods.ts';
import { pagerDuty } from '../lib/adapters/pagerduty/pager.ts';
import { postgresContents } from '../lib/adapters/postgres/contents.ts';
import { postgresSessions } from '../lib/adapters/postgres/sessions.ts';
import { rdsDatabases } from '../lib/adapters/rds/databases.ts';
import { rdsOperations } from '../lib/adapters/rds/operations.ts';
import { s3EvidenceVault } from '../lib/adapters/s3/evidence-vault.ts';
import { s3Pages } from '../lib/adapters/s3/pages.ts';
import { schedulerRemovals } from '../lib/adapters/scheduler/removals.ts';
import { sfnEscalation, sfnMachines, sfnRemedyMachines } from '../lib/adapters/sfn/machines.ts';
import { systemClock } from '../lib/adapters/system/clock.ts';
import { tlsHandshakes } from '../lib/adapters/tls/handshakes.ts';
import { ctLogs } from '../lib/adapters/transparency/logs.ts';
import { inventoryStatements, renewalStatements } from './certificate-grants.ts';
import { accountArn, allow, arnOf, ref, type Statement, sub } from './cloudformation.ts';
import { cacheStatements, operationStatements, sessionStatements } from './data-tier-grants.ts';
import { contentsStatements, databaseStatements } from './database-grants.ts';
import { evidenceStatements, removalStatements } from './drill-grants.ts';
import { edgeStatements, scheduleStatements } from './edge-grants.ts';
import { exportStatements } from './export-grants.ts';
import { heartbeatStatements, nameStatements, witnessStatements, writerStatements } from './failover-grants.ts';

type Grant = { config: object; partitions?: readonly string[]; allows: readonly Statement[] };

/**
 * The control table, and in it only the partitions that belong to the adapter.
 * Rule: a fenced write is the only way to a record of another adapter, so IAM refuses the shortcut.
 */
const records = (
  adapter: { config: object },
  partitions: readonly string[],
  more: readonly Statement[] = [],
): Grant => ({
  config: adapter.config,
  partitions,
  allows: [
    {
      ...allow(
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        arnOf('ControlTable'),
      ),
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
    },
    ...more,
  ],
});

/** By adapter: its settings, and what it may do to what. A function may do what its adapters may, and no more. */
export const grants: Readonly<Record<string, Grant>> = {
  albTraffic: records(
    albTraffic,
    ['traffic#*'],
    [
      allow(['elasticloadbalancing:DescribeRules'], '*'),
      allow(['elasticloadbalancing:ModifyRule'], ref('ListenerRuleArns')),
    ],
  ),
  awsInventory: { config: awsInventory.config, allows: inventoryStatements },
  bundledCatalogs: { config: bundledCatalogs.config, allows: [] },
  certificateRenewals: { config: certificateRenewals.config, allows: renewalStatements },
  cloudFrontEdge: { config: cloudFrontEdge.config, allows: edgeStatements },
  cloudwatchSignals: {
    config: cloudwatchSignals.config,
    allows: [allow(['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'], '*')],
  },
  crossRegionHeartbeats: { config: crossRegionHeartbeats.config, allows: heartbeatStatements },
  ctLogs: { config: ctLogs.config, allows: [] },
  dnsCaa: { config: dnsCaa.config, allows: [] },
  dynamoBackups: records(dynamoBackups, ['backup#*', 'database#*']),
  dynamoCertificates: records(dynamoCertificates, ['certificate#*']),
  dynamoDrills: records(dynamoDrills, ['drill#*']),
  dynamoIncidents: records(
    dynamoIncidents,
    ['attempt#*', 'breaker#*', 'change#*', 'incident#*'],
    [
      // One that ends leaves the list of those that are open.
      {
        ...allow(['dynamodb:DeleteItem'], arnOf('ControlTable')),
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['incident#*'] } },
      },
    ],
  ),
  dynamoLeases: records(dynamoLeases, ['lease#*']),
  dynamoLedger: records(dynamoLedger, ['ledger#*']),
  dynamoOutbox: records(dynamoOutbox, ['message#*', 'outbox']),
  dynamoReleases: records(dynamoReleases, ['release#*', 'service#*']),
  ecrImages: {
    config: ecrImages.config,
    allows: [
      allow(
        ['ecr:DescribeImageScanFindings', 'ecr:DescribeImages'],
        accountArn('ecr', `repository/\${ImageRepositoryPrefix}*`),
      ),
    ],
  },
  eksCluster: {
    config: eksCluster.config,
    allows: [allow(['eks:DescribeCluster'], accountArn('eks', `cluster/\${ClusterName}`))],
  },
  eksPods: {
    config: eksPods.config,
    allows: [allow(['eks:DescribeCluster'], accountArn('eks', `cluster/\${ClusterName}`))],
  },
  elastiCaches: records(elastiCaches, ['act#*'], cacheStatements),
  eksExports: { config: eksExports.config, allows: exportStatements },
  httpProbe: { config: httpProbe.config, allows: [] },
  kmsSigner: {
    config: kmsSigner.config,
    allows: [allow(['kms:GetPublicKey', 'kms:Sign'], ref('SigningKeyArn'))],
  },
  pagerDuty: {
    config: pagerDuty.config,
    allows: [
      allow(['secretsmanager:GetSecretValue'], ref('PagerKeysSecretArn')),
      allow(['kms:Decrypt'], ref('SecretsKeyArn')),
    ],
  },
  postgresContents: { config: postgresContents.config, allows: contentsStatements },
  postgresSessions: { config: postgresSessions.config, allows: sessionStatements },
  rdsDatabases: { config: rdsDatabases.config, allows: databaseStatements },
  rdsOperations: records(rdsOperations, ['act#*'], operationStatements),
  rdsWriters: records(rdsWriters, ['server#*'], writerStatements),
  regionWitnesses: { config: regionWitnesses.config, allows: witnessStatements },
  route53Dns: records(route53Dns, ['name#*'], nameStatements),
  s3Pages: {
    config: s3Pages.config,
    allows: [allow(['s3:PutObject'], sub(`arn:\${AWS::Partition}:s3:::\${PagesBucket}/*`))],
  },
  ruleSchedules: { config: ruleSchedules.config, allows: scheduleStatements },
  s3EvidenceVault: { config: s3EvidenceVault.config, allows: evidenceStatements },
  schedulerRemovals: { config: schedulerRemovals.config, allows: removalStatements },
  sfnEscalation: {
    config: sfnEscalation.config,
    allows: [allow(['states:StartExecution'], ref('EscalationStateMachine'))],
  },
  sfnMachines: {
    config: sfnMachines.config,
    allows: [
      allow(
        ['states:StartExecution'],
        [
          ref('BackupStateMachine'),
          ref('CertificateCheckStateMachine'),
          ref('DeploymentStateMachine'),
          ref('EscalationStateMachine'),
          ref('FailoverStateMachine'),
          ref('RemediationStateMachine'),
          ref('RestoreTestStateMachine'),
          ref('RollbackStateMachine'),
        ],
      ),
    ],
  },
  sfnRemedyMachines: {
    config: sfnRemedyMachines.config,
    allows: [allow(['states:StartExecution'], [ref('RestoreTestStateMachine'), ref('RollbackStateMachine')])],
  },
  systemClock: { config: systemClock.config, allows: [] },
  tlsHandshakes: { config: tlsHandshakes.config, allows: [] },
};
