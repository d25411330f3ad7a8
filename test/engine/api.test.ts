import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stepFunctionsApi } from '../../twin/engine/index.ts';
import { type Lab, lab, machine, returns } from './support/lab.ts';

/** Everything here goes through the real client, over HTTP. */
let here: Lab;
let server: Server;
let client: SFNClient;
let tokens: string[];

const roleArn = 'arn:aws:iam::000000000000:role/any';
const Arguments = { FunctionName: 'keep', Payload: { token: '{% $states.context.Task.Token %}' } };
const asking = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments, End: true };
const definition = (states = { Ask: asking } as Record<string, object>) => JSON.stringify(machine(states as never));

beforeEach(async () => {
  tokens = [];
  here = lab({ functions: { keep: ({ token }: { token: string }) => returns(tokens.push(token)) } });
  server = createServer(stepFunctionsApi(here.engine));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  client = new SFNClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const create = (name = 'asking', text = definition()) =>
  client.send(new CreateStateMachineCommand({ name, definition: text, roleArn }));

async function begin(name = 'run') {
  const { stateMachineArn } = await create();
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: '{"x":1}' }));
  await here.clock.run();
  return { stateMachineArn, executionArn, taskToken: tokens[0] ?? '' };
}

describe('the API over the wire', () => {
  test('runs an execution and describes it', async () => {
    const { executionArn, taskToken } = await begin();
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"y":2}' }));

    const described = await client.send(new DescribeExecutionCommand({ executionArn }));

    expect(described).toMatchObject({ status: 'SUCCEEDED', name: 'run', input: '{"x":1}', output: '{"y":2}' });
    expect(described.startDate).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  test('gives the history in pages, in both orders', async () => {
    const { executionArn, taskToken } = await begin();
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'No', cause: 'because' }));
    const first = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 4 }));
    const second = await client.send(new GetExecutionHistoryCommand({ executionArn, nextToken: first.nextToken }));
    const reverse = await client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
    );

    expect([...(first.events ?? []), ...(second.events ?? [])].map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(second.nextToken).toBeUndefined();
    expect(reverse.events?.[0]).toMatchObject({
      type: 'ExecutionFailed',
      timestamp: new Date('2026-01-01T00:00:00Z'),
      executionFailedEventDetails: { error: 'No', cause: 'because' },
    });
  });

  test('stops an execution', async () => {
    const { executionArn } = await begin();
    await client.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'said so' }));

    const described = await client.send(new DescribeExecutionCommand({ executionArn }));

    expect(described).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'said so' });
  });

  test('lists machines and executions', async () => {
    const { stateMachineArn, executionArn } = await begin();
    const machines = await client.send(new ListStateMachinesCommand({}));
    const running = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
    const failed = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }));

    expect(machines.stateMachines?.map(({ name }) => name)).toEqual(['asking']);
    expect(running.executions?.map((execution) => execution.executionArn)).toEqual([executionArn]);
    expect(failed.executions).toEqual([]);
  });

  test('updates a machine for later executions only', async () => {
    const { stateMachineArn, executionArn } = await begin();
    const next = definition({ Other: { Type: 'Succeed' } });
    await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: next }));

    const now = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const then = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));

    expect([now.definition, then.definition]).toEqual([next, definition()]);
  });

  test('deletes a machine', async () => {
    const { stateMachineArn } = await create();
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));

    await expect(client.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  test('validates without creating', async () => {
    const broken = definition({ A: { Type: 'Pass', Next: 'B' } });
    const result = await client.send(new ValidateStateMachineDefinitionCommand({ definition: broken }));

    expect(result.result).toBe('FAIL');
    expect(result.diagnostics?.map(({ code }) => code)).toContain('MISSING_END_STATE');
  });
});

/** `[what is wrong, the request, the error's name]`. */
const arn = (name: string) => `arn:aws:states:eu-west-1:000000000000:${name}`;
const REFUSED: [string, () => Promise<unknown>, string][] = [
  ['a name with a blank', () => create('a b'), 'InvalidName'],
  ['a definition that AWS refuses', () => create('broken', '{}'), 'InvalidDefinition'],
  [
    'a machine that is not there',
    () => client.send(new StartExecutionCommand({ stateMachineArn: arn('stateMachine:no') })),
    'StateMachineDoesNotExist',
  ],
  [
    'an execution that is not there',
    () => client.send(new DescribeExecutionCommand({ executionArn: arn('execution:no:no') })),
    'ExecutionDoesNotExist',
  ],
  [
    'an input that is no JSON',
    async () =>
      client.send(new StartExecutionCommand({ stateMachineArn: (await create()).stateMachineArn, input: '{' })),
    'InvalidExecutionInput',
  ],
  ['a token that is none', () => client.send(new SendTaskHeartbeatCommand({ taskToken: 'no' })), 'InvalidToken'],
  [
    'a token whose task is over',
    async () => {
      const { taskToken } = await begin();
      await client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
      return client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
    },
    'TaskTimedOut',
  ],
  [
    'an output that is no JSON',
    async () => client.send(new SendTaskSuccessCommand({ taskToken: (await begin()).taskToken, output: '{' })),
    'InvalidOutput',
  ],
];

test.each(REFUSED)('refuses %s', async (_what, request, name) => {
  await expect(request()).rejects.toMatchObject({ name });
});

describe('the name of an execution', () => {
  test('with the same input, while it runs, is the same execution', async () => {
    const { stateMachineArn, executionArn } = await begin('twice');

    const again = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'twice', input: '{"x": 1}' }));

    expect(again.executionArn).toBe(executionArn);
  });

  test.each([
    ['another input', '{"x":2}', false],
    ['the same input, when it has ended', '{"x":1}', true],
  ])('with %s is refused', async (_what, input, end) => {
    const { stateMachineArn, executionArn } = await begin('twice');
    if (end) await client.send(new StopExecutionCommand({ executionArn }));

    const again = client.send(new StartExecutionCommand({ stateMachineArn, name: 'twice', input }));

    await expect(again).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });
});
