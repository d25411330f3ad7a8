import { describe, expect, test } from '@jest/globals';
import { machineResources } from '../../serverless/machines.ts';
import { allStates, functionOf } from '../wiring/machines.ts';
import { statementsOf } from './policies.ts';

/** What a machine's role allows besides logs and traces, as `action` to the resources it is allowed on. */
const allowedTo = (id: string): Record<string, string[]> => {
  const allowed: Record<string, string[]> = {};
  for (const { Action, Resource } of statementsOf(machineResources[id])) {
    const resources = [Resource].flat().map((resource) => JSON.stringify(resource));
    for (const action of Action.filter((name) => !/^(logs|xray):/.test(name)))
      allowed[action] = [...(allowed[action] ?? []), ...resources];
  }
  return allowed;
};

const machine = (kind: string, name: string, rest = '') =>
  expect.stringContaining(`:${kind}:evenkeel-\${sls:stage}-${name}${rest}"`);
const managedRule = [expect.stringContaining(':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"')];
const functionsOf = (name: string) =>
  allStates()
    .filter(({ machine: of, state }) => of === name && functionOf(state))
    .map(({ state }) => JSON.stringify({ 'Fn::GetAtt': [functionOf(state), 'Arn'] }));

describe('the role of a machine', () => {
  test('deployment: its functions, its three children, and the ends of the two it waits for', () => {
    expect(allowedTo('DeploymentMachineRole')).toEqual({
      'lambda:InvokeFunction': functionsOf('deployment'),
      'states:StartExecution': [
        machine('stateMachine', 'preparation'),
        machine('stateMachine', 'watch'),
        machine('stateMachine', 'rollback'),
      ],
      'states:DescribeExecution': [machine('execution', 'preparation', ':*'), machine('execution', 'rollback', ':*')],
      'states:StopExecution': [machine('execution', 'preparation', ':*'), machine('execution', 'rollback', ':*')],
      'events:DescribeRule': managedRule,
      'events:PutRule': managedRule,
      'events:PutTargets': managedRule,
    });
  });
  test('watch: its functions, and an answer to the machine that waits for it', () => {
    const deployment = [machine('stateMachine', 'deployment')];
    expect(allowedTo('WatchMachineRole')).toEqual({
      'lambda:InvokeFunction': functionsOf('watch'),
      'states:SendTaskHeartbeat': deployment,
      'states:SendTaskSuccess': deployment,
      'states:SendTaskFailure': deployment,
    });
  });
  test('preparation: its functions alone', () => {
    expect(allowedTo('PreparationMachineRole')).toEqual({ 'lambda:InvokeFunction': functionsOf('preparation') });
  });
  test('rollback: its functions, and the preparation that it waits for', () => {
    expect(allowedTo('RollbackMachineRole')).toEqual({
      'lambda:InvokeFunction': functionsOf('rollback'),
      'states:StartExecution': [machine('stateMachine', 'preparation')],
      'states:DescribeExecution': [machine('execution', 'preparation', ':*')],
      'states:StopExecution': [machine('execution', 'preparation', ':*')],
      'events:DescribeRule': managedRule,
      'events:PutRule': managedRule,
      'events:PutTargets': managedRule,
    });
  });
  test('remediation: its functions alone', () => {
    expect(allowedTo('RemediationMachineRole')).toEqual({ 'lambda:InvokeFunction': functionsOf('remediation') });
  });
  test('escalation: its function alone', () => {
    expect(allowedTo('EscalationMachineRole')).toEqual({ 'lambda:InvokeFunction': functionsOf('escalation') });
  });
});
