import { accountArn, allow, pascal, type Resources, type Statement, type Value } from './cloudformation.ts';
import { role } from './role.ts';
import { type ServiceMachine, type State, serviceMachines } from './service.ts';

const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
const traces = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];
/** Step Functions learns of a child's end by a rule that it manages itself, under this fixed name. */
const managedRule = accountArn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');

/** A machine by its name, not by reference: parents refer to children, and a circle cannot be deployed. */
const machineArn = ({ name }: ServiceMachine, kind = 'stateMachine', rest = ''): Value =>
  accountArn('states', `${kind}:${name}${rest}`);

const machineById = (id: string): ServiceMachine => {
  const machine = serviceMachines.find((known) => known.id === id);
  if (machine) return machine;
  throw new Error(`a machine starts ${id}, which serverless.yml does not have`);
};

const child = ({ Arguments = {} }: State) => machineById((Arguments.StateMachineArn as { Ref: string }).Ref);

const starting = (state: State): Statement => allow(['states:StartExecution'], machineArn(child(state)));

/** Starting, asking how it went, and stopping it when the parent is stopped. */
const startingAndWaiting = (state: State): Statement[] => [
  starting(state),
  allow(['states:DescribeExecution', 'states:StopExecution'], machineArn(child(state), 'execution', ':*')),
  allow(['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], managedRule),
];

/** Whoever starts this machine and waits for its token may be answered; nobody else. */
const answering = (machine: ServiceMachine, action: string): Statement => {
  const waits = (state: State) =>
    String(state.Resource).endsWith('startExecution.waitForTaskToken') && child(state).id === machine.id;
  const parents = serviceMachines.filter(({ states }) => Object.values(states).some(waits));
  return allow(
    [action],
    parents.map((parent) => machineArn(parent)),
  );
};

const statementsFor = (machine: ServiceMachine, state: State): Statement[] => {
  if (state.Type !== 'Task') return [];
  if (typeof state.Resource === 'object') return [allow(['lambda:InvokeFunction'], state.Resource as Value)];
  const integration = String(state.Resource).replace('arn:aws:states:::', '');
  const answer = /^aws-sdk:sfn:s(endTask\w+)$/.exec(integration)?.[1];
  if (answer) return [answering(machine, `states:S${answer}`)];
  if (integration === 'states:startExecution.sync:2') return startingAndWaiting(state);
  if (integration === 'states:startExecution.waitForTaskToken') return [starting(state)];
  throw new Error(`${machine.file}: no permissions are known for ${integration}; add them to serverless/machines.ts`);
};

const unique = (statements: readonly Statement[]): Statement[] => [
  ...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values(),
];

const trust = {
  service: 'states.amazonaws.com',
  condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
};

const roleOf = (machine: ServiceMachine) =>
  role(
    trust,
    'machines',
    unique([
      allow(logDelivery, '*'),
      allow(traces, '*'),
      ...Object.values(machine.states).flatMap((state) => statementsFor(machine, state)),
    ]),
  );

/** Step Functions' own prefix for log groups: any other would fill the account's one resource policy. */
const logGroupOf = ({ name }: ServiceMachine) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName: `/aws/vendedlogs/states/${name}`, RetentionInDays: 90 },
});

/** One role and one log group per machine, by logical id. */
export const machineResources: Resources = Object.fromEntries(
  serviceMachines.flatMap((machine) => [
    [`${pascal(machine.key)}MachineRole`, roleOf(machine)],
    [`${pascal(machine.key)}MachineLogs`, logGroupOf(machine)],
  ]),
);
