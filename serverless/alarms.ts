import { pascal, type Resource, type Resources, ref, stackName, type Value } from './cloudformation.ts';
import { isTrigger, type ServiceFunction, serviceFunctions, serviceMachines } from './service.ts';

type Watched = {
  id: string;
  says: string;
  namespace: string;
  metric: string;
  dimension: [string, Value];
  statistic?: 'Sum' | 'Maximum';
};

/** One is enough: nothing that is counted here happens while all is well. */
const alarm = ({
  id,
  says,
  namespace,
  metric,
  dimension: [Name, Value],
  statistic = 'Sum',
}: Watched): [string, Resource] => [
  `${id}Alarm`,
  {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${stackName}-${id}`,
      AlarmDescription: says,
      AlarmActions: [ref('AlarmTopicArn')],
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [{ Name, Value }],
      Statistic: statistic,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      // These metrics have no points while nothing happens.
      TreatMissingData: 'notBreaching',
    },
  },
];

const badEnds = { ExecutionsFailed: 'failed', ExecutionsTimedOut: 'timed out', ExecutionsAborted: 'was stopped' };

const machineAlarms = serviceMachines.flatMap(({ key, id }) =>
  Object.entries(badEnds).map(([metric, how]) =>
    alarm({
      id: `${pascal(key)}${metric}`,
      says: `A run of the ${key} machine ${how}: evenkeel explain RUN tells why`,
      namespace: 'AWS/States',
      metric,
      dimension: ['StateMachineArn', ref(id)],
    }),
  ),
);

const functionAlarm =
  (metric: 'Errors' | 'Throttles', says: string) =>
  ({ key }: ServiceFunction) =>
    alarm({
      id: `${pascal(key)}${metric}`,
      says: `${key}: ${says}`,
      namespace: 'AWS/Lambda',
      metric,
      dimension: ['FunctionName', ref(`${pascal(key)}LambdaFunction`)],
    });

const triggers = serviceFunctions.filter(isTrigger);
const reserved = serviceFunctions.filter(({ reservedConcurrency }) => reservedConcurrency !== undefined);
const throttled = [...new Set([...triggers, ...reserved])];

const deadLetterAlarm = alarm({
  id: 'EventDeadLetters',
  says: 'An event could not be taken by its trigger; read it from the queue, repair, and send it again',
  namespace: 'AWS/SQS',
  metric: 'ApproximateNumberOfMessagesVisible',
  dimension: ['QueueName', { 'Fn::GetAtt': ['EventDeadLetters', 'QueueName'] }],
  statistic: 'Maximum',
});

export const alarms: Resources = Object.fromEntries([
  ...machineAlarms,
  deadLetterAlarm,
  ...triggers.map(functionAlarm('Errors', 'an event was not handled; it is tried again, then kept in the queue')),
  ...throttled.map(functionAlarm('Throttles', 'a call was refused for want of concurrency')),
]);
