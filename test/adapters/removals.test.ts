import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const settings = {
  DRILL_SCHEDULE_GROUP: 'evenkeel-drills',
  REMOVAL_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:123456789012:function:removal-due',
  REMOVAL_ROLE_ARN: 'arn:aws:iam::123456789012:role/removal-schedules',
  REMOVAL_DEAD_LETTERS_ARN: 'arn:aws:sqs:eu-west-1:123456789012:event-dead-letters',
};
const scheduler = mockClient(SchedulerClient);
const removals = () => fromEnvironment(schedulerRemovals, settings);
const refusal = { message: 'why', Message: 'why', $metadata: {} };
const at = '2026-05-02T16:00:00.000Z';

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  scheduler.reset();
});

test('a removal is one schedule that fires once, tells which drill, and goes', async () => {
  scheduler.on(CreateScheduleCommand).resolves({});
  await removals().arm('shop-d1', at);
  expect(scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input).toEqual({
    Name: 'drill-shop-d1',
    GroupName: 'evenkeel-drills',
    ScheduleExpression: 'at(2026-05-02T16:00:00)',
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: settings.REMOVAL_FUNCTION_ARN,
      RoleArn: settings.REMOVAL_ROLE_ARN,
      Input: '{"drill":"shop-d1"}',
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      DeadLetterConfig: { Arn: settings.REMOVAL_DEAD_LETTERS_ARN },
    },
  });
});

test('a fraction of a second is rounded up: nothing is removed before its time', async () => {
  scheduler.on(CreateScheduleCommand).resolves({});
  await removals().arm('shop-d1', '2026-05-02T15:59:59.001Z');
  const asked = scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input;
  expect(asked?.ScheduleExpression).toBe('at(2026-05-02T16:00:00)');
});

test('one that is armed stays as it is', async () => {
  scheduler.on(CreateScheduleCommand).rejects(new ConflictException(refusal));
  await removals().arm('shop-d1', at);
  expect(scheduler.calls()).toHaveLength(1);
});

test('one that is gone, or was never there, is not armed', async () => {
  scheduler.on(GetScheduleCommand).rejects(new ResourceNotFoundException(refusal));
  scheduler.on(DeleteScheduleCommand).rejects(new ResourceNotFoundException(refusal));
  expect(await removals().armed('shop-d1')).toBeUndefined();
  await removals().disarm('shop-d1');
});

test('a schedule that somebody made a repeated one is not an armed removal', async () => {
  scheduler.on(GetScheduleCommand).resolves({ ScheduleExpression: 'rate(1 day)' });
  await expect(removals().armed('shop-d1')).rejects.toEqual(failure('RecordCorrupt'));
});

test.each([
  ['ThrottlingException', 'DependencyThrottled'],
  ['AccessDeniedException', 'AccessDenied'],
  ['ServiceQuotaExceededException', 'QuotaExceeded'],
])('an arming that is refused with %s is %s', async (name, expected) => {
  scheduler.on(CreateScheduleCommand).rejects(Object.assign(new Error('why'), { name }));
  await expect(removals().arm('shop-d1', at)).rejects.toEqual(failure(expected));
});

test('all settings are checked at once', () => {
  const make = () =>
    fromEnvironment(schedulerRemovals, { ...settings, REMOVAL_FUNCTION_ARN: 'removal-due', REMOVAL_ROLE_ARN: '' });
  expect(make).toThrow(/REMOVAL_FUNCTION_ARN.*REMOVAL_ROLE_ARN/);
});
