import { describe, expect, test } from '@jest/globals';
import { alarms } from '../../serverless/alarms.ts';
import { pascal } from '../../serverless/cloudformation.ts';
import { isTrigger, serviceFunctions, serviceMachines } from '../../serverless/service.ts';

type Query = { Id: string; Expression?: string; ReturnData: boolean; MetricStat?: { Metric: { MetricName: string } } };

const metricsOf = (id: string) =>
  ((alarms[id]?.Properties.Metrics ?? []) as Query[]).flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);

describe('alarms', () => {
  test('all tell somebody', () => {
    for (const { Properties } of Object.values(alarms))
      expect(Properties.AlarmActions).toEqual([{ Ref: 'AlarmTopicArn' }]);
  });
  test.each(serviceMachines.map(({ key }) => key))('watch every bad end of the %s machine', (key) => {
    expect(metricsOf(`${pascal(key)}BadEndsAlarm`)).toEqual([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionsAborted',
    ]);
  });
  test.each(serviceFunctions.filter(isTrigger).map(({ key }) => key))('watch %s', (key) => {
    expect(metricsOf(`${pascal(key)}UnhandledAlarm`)).toEqual(['Errors', 'Throttles']);
  });
  test('watch the functions whose concurrency is reserved for the undo', () => {
    expect(metricsOf('RollbackUndoTrafficThrottlesAlarm')).toEqual(['Throttles']);
  });
  test('watch the dead letters', () => {
    expect(metricsOf('EventDeadLettersAlarm')).toEqual(['ApproximateNumberOfMessagesVisible']);
  });
  test('count each of their metrics, and as nothing while it has no points', () => {
    for (const { Properties } of Object.values(alarms)) {
      const [sum, ...counts] = (Properties.Metrics as Query[]).toReversed();
      const filled = counts.toReversed().map(({ Id }) => `FILL(${Id}, 0)`);
      expect(sum).toMatchObject({ Expression: filled.join(' + '), ReturnData: true });
    }
  });
});
