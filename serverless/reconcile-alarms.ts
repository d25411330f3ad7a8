import { type Resources, ref, stackName } from './cloudformation.ts';

const namespace = 'Evenkeel/Reconcile';
const metric = `${stackName}-ReconcileHeartbeat`;

/**
 * The reconciler looks after lost events, and nobody looks after it: a whole run writes one line, three come in each period, and
 * when none comes the topic of alarms is told, by CloudWatch alone. None of ours has a part in that.
 */
export const reconcileAlarms: Resources = {
  ReconcileHeartbeatFilter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: ref('FunctionLogs'),
      FilterPattern: '{ ($.message = "reconciled") && ($.found >= 0) }',
      MetricTransformations: [{ MetricNamespace: namespace, MetricName: metric, MetricValue: '1' }],
    },
  },
  ReconcileHeartbeatAlarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${stackName}-ReconcileHeartbeat`,
      AlarmDescription: 'Nobody looks for lost events any more; the runs of the reconcile machine tell why',
      AlarmActions: [ref('AlarmTopicArn')],
      Namespace: namespace,
      MetricName: metric,
      Statistic: 'Sum',
      Period: 900,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    },
  },
};
