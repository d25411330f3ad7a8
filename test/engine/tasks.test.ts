import { describe, expect, test } from '@jest/globals';
import {
  breaks,
  detailsOf,
  FUNCTION,
  INVOKE,
  type Lab,
  lab,
  machine,
  report,
  returns,
  run,
  START,
  type States,
  start,
} from './support/lab.ts';

const task = (name: string, more = {}) => ({ Type: 'Task', Resource: FUNCTION + name, End: true, ...more });
const pass = (more = {}) => ({ Type: 'Pass', End: true, ...more });
const never = () => new Promise<never>(() => {});
const caught = (errors: string[], more = {}) => [
  { ErrorEquals: errors, Next: 'Caught', Output: '{% $states.errorOutput %}', ...more },
];

describe('retrying', () => {
  /** When each attempt begins, in seconds. */
  async function attempts(retry: object, random = 0.5) {
    const at: number[] = [];
    const made: Lab = lab({
      functions: {
        busy: () => {
          at.push((made.clock.now() - START) / 1000);
          return breaks('Busy');
        },
      },
      random: () => random,
    });
    const arn = await start(made, machine({ T: task('busy', { Retry: [{ ErrorEquals: ['Busy'], ...retry }] }) }));
    await made.clock.run();
    return { at, ...(await report(made, arn)) };
  }

  test.each([
    ['by default', {}, [0, 1, 3, 7]],
    ['with an interval and a rate', { IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 1.5 }, [0, 3, 7.5]],
    ['with a longest delay', { IntervalSeconds: 4, BackoffRate: 3, MaxDelaySeconds: 5 }, [0, 4, 9, 14]],
    ['never', { MaxAttempts: 0 }, [0]],
  ])('%s', async (_how, retry, expected) => {
    expect((await attempts(retry)).at).toEqual(expected);
  });

  test('with full jitter draws each delay between nothing and the whole', async () => {
    const { at } = await attempts({ IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 20, JitterStrategy: 'FULL' });

    const delays = at.slice(1).map((instant, index) => instant - (at[index] ?? 0));
    expect(Math.max(...delays)).toBeLessThanOrEqual(10);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(new Set(delays).size).toBeGreaterThan(10);
  });

  test('is decided by the first retrier that matches, each with its own count', async () => {
    let calls = 0;
    const functions = { mixed: () => (++calls % 2 === 1 ? breaks('Odd') : breaks('Even')) };
    const Retry = [
      { ErrorEquals: ['Odd'], MaxAttempts: 2 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
    ];

    const { error } = await run({ T: task('mixed', { Retry }) }, { functions });

    expect([calls, error]).toEqual([4, 'Even']);
  });

  test('counts in the context object', async () => {
    const functions = { busy: ({ count }: { count: number }) => (count < 2 ? breaks('Busy') : returns(count)) };
    const Arguments = { count: '{% $states.context.State.RetryCount %}' };

    const { output } = await run({ T: task('busy', { Arguments, Retry: [{ ErrorEquals: ['Busy'] }] }) }, { functions });

    expect(output).toBe(2);
  });
});

describe('catching', () => {
  test.each([
    ['the error by its name', ['Broken'], { Error: 'Broken', Cause: '{"errorType":"Broken","errorMessage":"no"}' }],
    ['any failure of the task', ['States.TaskFailed'], { Error: 'Broken', Cause: expect.any(String) }],
    ['anything', ['States.ALL'], { Error: 'Broken', Cause: expect.any(String) }],
  ])('%s', async (_what, errors, output) => {
    const states = { T: task('broken', { Catch: caught(errors) }), Caught: pass() };

    expect((await run(states, { functions: { broken: () => breaks('Broken', 'no') } })).output).toEqual(output);
  });

  test.each([
    ['States.Timeout', ['States.Timeout'], { TimeoutSeconds: 3 }, 'SUCCEEDED'],
    ['a timeout as a failed task', ['States.TaskFailed'], { TimeoutSeconds: 3 }, 'FAILED'],
    ['a missed heartbeat', ['States.HeartbeatTimeout'], { HeartbeatSeconds: 3 }, 'SUCCEEDED'],
    ['a missed heartbeat as a timeout', ['States.Timeout'], { HeartbeatSeconds: 3 }, 'SUCCEEDED'],
    ['a timeout as a missed heartbeat', ['States.HeartbeatTimeout'], { TimeoutSeconds: 3 }, 'FAILED'],
  ])('%s: %j %j', async (_what, errors, limits, status) => {
    const states = { T: task('never', { ...limits, Catch: caught(errors) }), Caught: pass() };

    const done = await run(states, { functions: { never } });

    expect([done.status, done.seconds]).toEqual([status, 3]);
  });

  test('assigns what the catcher says, and only then', async () => {
    const Catch = caught(['Broken'], { Assign: { seen: '{% $states.errorOutput.Error %}' } });
    const states = {
      T: task('broken', { Catch, Assign: { seen: 'nothing' } }),
      Caught: pass({ Output: '{% $seen %}' }),
    };

    expect((await run(states, { functions: { broken: () => breaks('Broken') } })).output).toBe('Broken');
  });

  test('never a States.Runtime', async () => {
    const branch = {
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'E' }] }, E: pass() },
    };
    const states = {
      P: { Type: 'Parallel', Branches: [branch], Catch: caught(['States.ALL']), End: true },
      Caught: pass(),
    };

    expect(await run(states)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('a result that is too large', async () => {
    const functions = { large: () => returns('x'.repeat(262_145)) };
    const states = { T: task('large', { Catch: caught(['States.DataLimitExceeded']) }), Caught: pass() };

    expect((await run(states, { functions })).output).toEqual({
      Error: 'States.DataLimitExceeded',
      Cause: `The state/task '${FUNCTION}large' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });
});

describe('task tokens', () => {
  const Resource = `${INVOKE}.waitForTaskToken`;
  const Arguments = { FunctionName: 'keep', Payload: { token: '{% $states.context.Task.Token %}' } };
  const asking = (more = {}): States => ({ Ask: { Type: 'Task', Resource, Arguments, End: true, ...more } });

  async function asked(states: States) {
    const tokens: string[] = [];
    const made = lab({ functions: { keep: ({ token }: { token: string }) => returns(tokens.push(token)) } });
    const arn = await start(made, machine(states));
    await made.clock.run({ until: () => tokens.length > 0 });
    return { ...made, arn, token: tokens[0] ?? '' };
  }

  test('end the task with the output that was sent', async () => {
    const here = await asked(asking());
    await here.engine.sendTaskSuccess(here.token, '{"yes":1}');

    expect((await report(here, here.arn)).output).toEqual({ yes: 1 });
  });

  test('end the task with the error that was sent', async () => {
    const here = await asked(asking());
    await here.engine.sendTaskFailure(here.token, { error: 'No', cause: 'because' });

    expect(await report(here, here.arn)).toMatchObject({ status: 'FAILED', error: 'No', cause: 'because' });
  });

  test('keep the task alive for as long as heartbeats come', async () => {
    const here = await asked(asking({ HeartbeatSeconds: 10 }));
    for (const second of [8, 16, 24]) {
      await here.clock.run({ untilMs: START + second * 1000 });
      await here.engine.sendTaskHeartbeat(here.token);
    }
    await here.clock.run();

    expect(await report(here, here.arn)).toMatchObject({ error: 'States.Timeout', seconds: 34 });
  });

  test('are of no use when the task has timed out', async () => {
    const here = await asked(asking({ TimeoutSeconds: 5 }));
    await here.clock.run();

    await expect(here.engine.sendTaskSuccess(here.token, '1')).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('are accepted once, even when two answers come at once', async () => {
    const here = await asked(asking());
    const answers = await Promise.allSettled(
      ['1', '2'].map((output) => here.engine.sendTaskSuccess(here.token, output)),
    );

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('child executions', () => {
  const CHILD = 'arn:aws:states:eu-west-1:000000000000:stateMachine:child';
  const calling = (pattern: string, more = {}): States => ({
    Call: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Arguments: { StateMachineArn: CHILD, Name: 'kid', Input: { n: 1 } },
      End: true,
      ...more,
    },
  });

  async function parent(pattern: string, child: States, more = {}) {
    const made = lab();
    await made.engine.createStateMachine('child', machine(child));
    const arn = await start(made, machine(calling(pattern, more)));
    return { ...made, arn };
  }

  const childOf = ({ engine }: Lab) => engine.describeExecution(`${CHILD.replace('stateMachine', 'execution')}:kid`);

  test('are not waited for', async () => {
    const here = await parent('', { W: { Type: 'Wait', Seconds: 60, End: true } });
    await here.clock.run({ untilMs: START + 1000 });

    expect((await report(here, here.arn)).output).toMatchObject({ ExecutionArn: expect.stringMatching(/:kid$/) });
    expect((await childOf(here)).status).toBe('RUNNING');
  });

  test.each([
    ['.sync', '{"n":1}'],
    ['.sync:2', { n: 1 }],
  ])('are waited for by %s', async (pattern, output) => {
    const here = await parent(pattern, { W: { Type: 'Wait', Seconds: 60, End: true } });
    await here.clock.run();

    const done = await report(here, here.arn);
    expect(done.output).toMatchObject({ Status: 'SUCCEEDED', Output: output, Name: 'kid' });
    expect(done.seconds).toBe(60);
    expect(done.events.map(({ type }) => type)).toContain('TaskSubmitted');
  });

  test('that end at once are waited for just the same', async () => {
    const here = await parent('.sync:2', { S: { Type: 'Succeed' } });
    await here.clock.run();

    const { status, events } = await report(here, here.arn);
    expect(status).toBe('SUCCEEDED');
    expect(events.map(({ type }) => type).slice(3, 6)).toEqual(['TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  });

  test('fail the task that waits for them', async () => {
    const here = await parent('.sync:2', { F: { Type: 'Fail', Error: 'Inner', Cause: 'reason' } });
    await here.clock.run();

    const { error, cause } = await report(here, here.arn);
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({ Error: 'Inner', Cause: 'reason', Status: 'FAILED' });
  });

  test('are stopped with the execution that waits for them', async () => {
    const here = await parent('.sync', { W: { Type: 'Wait', Seconds: 60, End: true } });
    await here.clock.run({ untilMs: START + 1000 });
    await here.engine.stopExecution(here.arn, { error: 'Enough' });
    await here.clock.run();

    expect((await childOf(here)).status).toBe('ABORTED');
  });

  test('have a name of their own', async () => {
    const here = await parent('', { S: { Type: 'Succeed' } });
    await here.clock.run();
    const { executionArn } = await here.engine.startExecution({
      stateMachineArn: here.arn.replace(/:run$/, '').replace('execution', 'stateMachine'),
      name: 'again',
    });
    await here.clock.run();

    expect(await report(here, executionArn)).toMatchObject({ error: 'StepFunctions.ExecutionAlreadyExistsException' });
  });
});

describe('other services', () => {
  const put = (resource: string) => ({ T: { Type: 'Task', Resource: resource, Arguments: { Key: 1 }, End: true } });

  test('are called through the hook', async () => {
    const calls: unknown[] = [];
    const callSdk = async (...call: unknown[]) => calls.push(call.slice(0, 3)) && { Item: { a: 1 } };

    const { output, events } = await run(put('arn:aws:states:::dynamodb:getItem'), { callSdk });

    expect(calls).toEqual([['dynamodb', 'getItem', { Key: 1 }]]);
    expect(output).toEqual({ Item: { a: 1 } });
    expect(detailsOf(events[2])).toMatchObject({
      resourceType: 'dynamodb',
      resource: 'getItem',
      parameters: '{"Key":1}',
      region: 'eu-west-1',
    });
  });

  test.each([
    [
      'arn:aws:states:::dynamodb:putItem',
      'ConditionalCheckFailedException',
      'DynamoDB.ConditionalCheckFailedException',
    ],
    [
      'arn:aws:states:::aws-sdk:dynamodb:putItem',
      'ConditionalCheckFailedException',
      'DynamoDb.ConditionalCheckFailedException',
    ],
    ['arn:aws:states:::sqs:sendMessage', 'QueueDoesNotExist', 'SQS.QueueDoesNotExistException'],
    ['arn:aws:states:::aws-sdk:ecs:runTask', 'Ecs.ClusterNotFoundException', 'Ecs.ClusterNotFoundException'],
  ])('%s names %s %s', async (resource, thrown, error) => {
    const callSdk = async () => {
      throw Object.assign(new Error('because'), { name: thrown });
    };

    expect(await run(put(resource), { callSdk })).toMatchObject({ error, cause: 'because' });
  });

  test('fail when an event was rejected', async () => {
    const answer = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };

    const done = await run(put('arn:aws:states:::events:putEvents'), { callSdk: async () => answer });

    expect(done).toMatchObject({ error: 'EventBridge.FailedEntry', cause: JSON.stringify(answer) });
  });

  test('fail clearly where no hook was given', async () => {
    expect(await run(put('arn:aws:states:::dynamodb:getItem'))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('dynamodb:getItem'),
    });
  });
});
