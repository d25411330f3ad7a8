import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sfnMachines, sfnRemedyMachines } from '../../lib/adapters/sfn/machines.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const arnOf = (machine: string) => `arn:aws:states:eu-west-1:123456789012:stateMachine:${machine}`;
const ROLLBACK_MACHINE_ARN = arnOf('rollback');
const arns = {
  DEPLOYMENT_MACHINE_ARN: arnOf('deployment'),
  ROLLBACK_MACHINE_ARN,
  BACKUP_MACHINE_ARN: arnOf('backup'),
  RESTORE_TEST_MACHINE_ARN: arnOf('restore-test'),
  FAILOVER_MACHINE_ARN: arnOf('failover'),
  CERTIFICATE_CHECK_MACHINE_ARN: arnOf('certificate-check'),
  REMEDIATION_MACHINE_ARN: arnOf('remediation'),
  ESCALATION_MACHINE_ARN: arnOf('escalation'),
};
const undo = 'arn:aws:states:eu-west-1:123456789012:execution:rollback:undo-shop-r1';

const states = mockClient(SFNClient);
const machines = () => fromEnvironment(sfnMachines, arns);

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  states.reset();
});

test('a run is started by machine, name and input', async () => {
  states.on(StartExecutionCommand).resolves({ executionArn: undo, startDate: new Date() });
  expect(await machines().start('rollback', 'undo-shop-r1', { service: 'shop' })).toEqual({ run: undo, started: true });
  expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
    stateMachineArn: ROLLBACK_MACHINE_ARN,
    name: 'undo-shop-r1',
    input: '{"service":"shop"}',
  });
});

test('a name that is or was in use leads to its run', async () => {
  states.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'taken', $metadata: {} }));
  expect(await machines().start('rollback', 'undo-shop-r1', {})).toEqual({ run: undo, started: false });
});

test('a start that was throttled did not start', async () => {
  states.on(StartExecutionCommand).rejects(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
  await expect(machines().start('rollback', 'undo-shop-r1', {})).rejects.toEqual(failure('DependencyThrottled'));
});

test.each(['deployment', 'rollback', 'backup', 'restore-test', 'failover', 'certificate-check'] as const)(
  '%s has a setting of its own',
  async (machine) => {
    states.on(StartExecutionCommand).resolves({ executionArn: undo, startDate: new Date() });
    await machines().start(machine, 'a-run', {});
    expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input.stateMachineArn).toBe(arnOf(machine));
  },
);

test.each(['rollback', 'restore-test'] as const)('playbooks start %s, and know no other machine', async (machine) => {
  states.on(StartExecutionCommand).resolves({ executionArn: undo, startDate: new Date() });
  await fromEnvironment(sfnRemedyMachines, arns).start(machine, 'a-run', {});
  expect(states.commandCalls(StartExecutionCommand)[0]?.args[0].input.stateMachineArn).toBe(arnOf(machine));
  expect(Object.keys(sfnRemedyMachines.config)).toEqual(['ROLLBACK_MACHINE_ARN', 'RESTORE_TEST_MACHINE_ARN']);
});

test('all settings are checked at once', () => {
  const start = () => fromEnvironment(sfnMachines, { ROLLBACK_MACHINE_ARN: `${ROLLBACK_MACHINE_ARN}:live` });
  expect(start).toThrow(/DEPLOYMENT_MACHINE_ARN.*ROLLBACK_MACHINE_ARN.*FAILOVER_MACHINE_ARN/);
});
