import { describe, expect, test } from '@jest/globals';
import { alarms } from '../../serverless/alarms.ts';
import { pascal } from '../../serverless/cloudformation.ts';
import { isTrigger, serviceFunctions, serviceMachines } from '../../serverless/service.ts';

const ids = Object.keys(alarms);

describe('alarms', () => {
  test('all tell somebody', () => {
    for (const { Properties } of Object.values(alarms))
      expect(Properties.AlarmActions).toEqual([{ Ref: 'AlarmTopicArn' }]);
  });
  test.each(serviceMachines.map(({ key }) => key))('watch every bad end of the %s machine', (key) => {
    const badEnds = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'];
    expect(ids).toEqual(expect.arrayContaining(badEnds.map((end) => `${pascal(key)}${end}Alarm`)));
  });
  test.each(serviceFunctions.filter(isTrigger).map(({ key }) => key))('watch %s', (key) => {
    expect(ids).toEqual(expect.arrayContaining([`${pascal(key)}ErrorsAlarm`, `${pascal(key)}ThrottlesAlarm`]));
  });
  test('watch the functions whose concurrency is reserved for the undo', () => {
    expect(ids).toContain('RollbackUndoTrafficThrottlesAlarm');
  });
  test('watch the dead letters', () => {
    expect(alarms.EventDeadLettersAlarm?.Properties.MetricName).toBe('ApproximateNumberOfMessagesVisible');
  });
});
