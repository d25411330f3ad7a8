import { pascal, type Resource, type Resources, ref, stackName, type Value } from './cloudformation.ts';
import { isTrigger, type ServiceFunction, type ServiceMachine, serviceFunctions, serviceMachines } from './service.ts';

type Counted = { namespace: string; metric: string; dimension: [string, Value]; statistic?: 'Sum' | 'Maximum' };
type Watched = { id: string; says: string; counts: readonly Counted[] };

const countOf = ({ namespace, metric, dimension: [Name, value], statistic = 'Sum' }: Counted, place: number) => ({
  Id: `count${place}`,
  ReturnData: false,
  MetricStat: {
    Metric: { Namespace: namespace, MetricName: metric, Dimensions: [{ Name, Value: value }] },
    Period: 60,
    Stat: statistic,
  },
});

/**
 * One is enough: nothing that is counted here happens while all is well. What concerns one thing is one alarm, because a stack
 * holds 500 resources; the metrics have no points while nothing happens.
 */
const alarm = ({ id, says, counts }: Watched): [string, Resource] => [
  `${id}Alarm`,
  {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${stackName}-${id}`,
      AlarmDescription: says,
      AlarmActions: [ref('AlarmTopicArn')],
      Metrics: [
        ...counts.map(countOf),
        {
          Id: 'all',
          Label: counts.map(({ metric }) => metric).join(' + '),
          Expression: counts.map((_, place) => `FILL(count${place}, 0)`).join(' + '),
          ReturnData: true,
        },
      ],
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
  },
];

const badEnds = ({ key, id }: ServiceMachine): Watched => ({
  id: `${pascal(key)}BadEnds`,
  says: `A run of the ${key} machine failed, timed out or was stopped: evenkeel explain RUN tells why`,
  counts: ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metric) => ({
    namespace: 'AWS/States',
    metric,
    dimension: ['StateMachineArn', ref(id)],
  })),
});

const ofFunction = ({ key }: ServiceFunction, metric: 'Errors' | 'Throttles'): Counted => ({
  namespace: 'AWS/Lambda',
  metric,
  dimension: ['FunctionName', ref(`${pascal(key)}LambdaFunction`)],
});

const unhandled = (fn: ServiceFunction): Watched => ({
  id: `${pascal(fn.key)}Unhandled`,
  says: `${fn.key}: an event was not handled, by an error or for want of concurrency; it is tried again, then kept in the queue`,
  counts: [ofFunction(fn, 'Errors'), ofFunction(fn, 'Throttles')],
});

const throttled = (fn: ServiceFunction): Watched => ({
  id: `${pascal(fn.key)}Throttles`,
  says: `${fn.key}: a call was refused for want of concurrency`,
  counts: [ofFunction(fn, 'Throttles')],
});

const deadLetters: Watched = {
  id: 'EventDeadLetters',
  says: 'An event could not be taken by its trigger; read it from the queue, repair, and send it again',
  counts: [
    {
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimension: ['QueueName', { 'Fn::GetAtt': ['EventDeadLetters', 'QueueName'] }],
      statistic: 'Maximum',
    },
  ],
};

const triggers = serviceFunctions.filter(isTrigger);
const reserved = serviceFunctions.filter((fn) => fn.reservedConcurrency !== undefined && !isTrigger(fn));

export const alarms: Resources = Object.fromEntries(
  [...serviceMachines.map(badEnds), ...triggers.map(unhandled), ...reserved.map(throttled), deadLetters].map(alarm),
);
