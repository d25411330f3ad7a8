import type { BackupWatch } from '../lib/domain/recovery/watch-backups.ts';
import { type Resource, type Resources, ref, stackName } from './cloudformation.ts';

const namespace = 'Evenkeel/Recovery';
const logGroup = 'FunctionLogs';

/** By what a line counts. A line comes every quarter of an hour and tells of one database. */
const watched: Readonly<Record<keyof BackupWatch, { id: string; says: string }>> = {
  staleBackups: { id: 'BackupStale', says: 'A database has no backup that is young enough' },
  staleExports: {
    id: 'ExportStale',
    says: 'A dump or a configuration backup that the policy asks for is missing or old',
  },
  unusualSizes: {
    id: 'BackupSizeUnusual',
    says: 'The newest backup, or what lies beside it, is much smaller or larger',
  },
};

/** A line is JSON as the logger of lib/runtime/lambda.ts writes it. */
const filter = (count: string, id: string): Resource => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: {
    LogGroupName: ref(logGroup),
    FilterPattern: `{ ($.message = "backups watched") && ($.${count} >= 0) }`,
    MetricTransformations: [
      { MetricNamespace: namespace, MetricName: `${stackName}-${id}`, MetricValue: `$.${count}` },
    ],
  },
});

/** Four lines a period: when none comes, nobody knows how the backups are. */
const alarm = (id: string, says: string): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: `${stackName}-${id}`,
    AlarmDescription: `${says}, or nobody can tell: evenkeel backups DATABASE shows them`,
    AlarmActions: [ref('AlarmTopicArn')],
    // A control plane that stands by measures nothing, and what it backs up is nothing.
    ActionsEnabled: `\${param:looksAfterDatabases}`,
    Namespace: namespace,
    MetricName: `${stackName}-${id}`,
    Statistic: 'Maximum',
    Period: 3600,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'breaching',
  },
});

/** Freshness and size of backups, judged from what is on record. */
export const backupAlarms: Resources = Object.fromEntries(
  Object.entries(watched).flatMap(([count, { id, says }]) => [
    [`${id}Filter`, filter(count, id)],
    [`${id}Alarm`, alarm(id, says)],
  ]),
);
