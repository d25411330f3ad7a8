import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../twin/engine/index.ts';
import {
  breaks,
  detailsOf,
  FUNCTION,
  lab,
  machine,
  report,
  returns,
  run,
  START,
  type States,
  start,
} from './support/lab.ts';

const pass = (more = {}) => ({ Type: 'Pass', End: true, ...more });
const task = (name: string, more = {}) => ({ Type: 'Task', Resource: FUNCTION + name, End: true, ...more });
const one = (state: object) => ({ StartAt: 'One', States: { One: state as JsonObject } });

describe('variables', () => {
  test('are set after the state: its output still sees the old ones', async () => {
    const states = {
      A: pass({ End: undefined, Assign: { x: 1 }, Next: 'B' }),
      B: pass({ Assign: { x: 2, y: '{% $x + 10 %}' }, Output: '{% $x %}', End: undefined, Next: 'C' }),
      C: pass({ Output: '{% [$states.input, $x, $y] %}' }),
    };

    expect((await run(JSON.parse(JSON.stringify(states)))).output).toEqual([1, 2, 11]);
  });

  test('show in history as JSON text', async () => {
    const { events } = await run({ A: pass({ Assign: { x: { a: [1] }, y: 'text' } }) });

    expect(detailsOf(events[2])).toMatchObject({
      assignedVariables: { x: '{"a":[1]}', y: '"text"' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  test('do not show where none were assigned', async () => {
    expect(detailsOf((await run({ A: pass({ Assign: {} }) })).events[2])).not.toHaveProperty('assignedVariables');
  });

  test('of an outer scope are seen inside, and those of the inside are not seen outside', async () => {
    const branches = [one(pass({ Assign: { inner: 1 }, Output: '{% $outer %}' }))];
    const states = {
      A: { Type: 'Pass', Assign: { outer: 42 }, Next: 'P' },
      P: { Type: 'Parallel', Branches: branches, Next: 'Z' },
      Z: pass({ Output: '{% {"from": $states.input, "inner": $exists($inner)} %}' }),
    };

    expect((await run(states)).output).toEqual({ from: [42], inner: false });
  });
});

describe('a choice', () => {
  const choose = (Choices: object[], more = {}): States => ({
    C: { Type: 'Choice', Choices, ...more } as never,
    Yes: pass(),
    No: pass(),
  });

  test.each([
    [5, { rule: 'small' }],
    [50, { rule: 'large' }],
    [500, { rule: 'none' }],
  ])('of %d takes the first rule that holds', async (n, output) => {
    const Choices = [
      { Condition: '{% $states.input.n < 10 %}', Output: { rule: 'small' }, Next: 'Yes' },
      { Condition: '{% $states.input.n < 100 %}', Output: { rule: 'large' }, Next: 'Yes' },
    ];

    const done = await run(choose(Choices, { Output: { rule: 'none' }, Default: 'No' }), { input: { n } });

    expect(done.output).toEqual(output);
  });

  test('assigns by rule, or by itself on the way to its default', async () => {
    const choices = [{ Condition: '{% $states.input.yes %}', Assign: { by: 'rule' }, Next: 'Z' }];
    const states = {
      C: { Type: 'Choice', Choices: choices, Assign: { by: 'default' }, Default: 'Z' },
      Z: pass({ Output: '{% $by %}' }),
    };

    expect((await run(states, { input: { yes: true } })).output).toBe('rule');
    expect((await run(states, { input: { yes: false } })).output).toBe('default');
  });

  test('does not evaluate rules after the one that holds', async () => {
    const choices = [
      { Condition: '{% true %}', Next: 'Yes' },
      { Condition: '{% $states.input.missing %}', Next: 'No' },
    ];

    expect((await run(choose(choices))).status).toBe('SUCCEEDED');
  });

  test.each([
    ['{% $states.input.missing %}', 'returned nothing (undefined).'],
    ['{% "yes" %}', `returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`],
  ])('fails when a condition is %s', async (Condition, reason) => {
    const { error, cause } = await run(choose([{ Condition, Next: 'Yes' }], { Default: 'No' }));

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(`for the field 'Choices[0]/Condition' ${reason}`);
  });
});

describe('waiting', () => {
  test.each([
    ['some seconds', { Seconds: 90 }, 90],
    ['seconds by an expression', { Seconds: '{% $states.input.s * 2 %}' }, 60],
    ['until an instant', { Timestamp: '2026-01-01T00:10:00Z' }, 600],
    ['until an instant by an expression', { Timestamp: '{% $fromMillis($millis() + 5000) %}' }, 5],
    ['until an instant that has passed', { Timestamp: '2025-12-31T23:00:00+00:00' }, 0],
    ['no time', { Seconds: 0 }, 0],
  ])('%s', async (_what, how, seconds) => {
    expect((await run({ W: { Type: 'Wait', ...how, End: true } }, { input: { s: 30 } })).seconds).toBe(seconds);
  });

  test.each([
    ['{% -1 %}', 'Seconds must be between 0 and 99999999 but was: -1'],
    ['{% 1.5 %}', 'The Seconds field cannot be parsed as an integer: 1.5'],
    ['{% "3" %}', `Expected 'number', but was 'string' for value: "3"`],
  ])('fails for %s seconds', async (Seconds, reason) => {
    const { error, cause } = await run({ W: { Type: 'Wait', Seconds, End: true } });

    expect([error, cause]).toEqual(['States.QueryEvaluationError', expect.stringContaining(reason)]);
  });
});

describe('failing', () => {
  test.each([
    ['by text', { Error: 'E', Cause: 'c' }, { error: 'E', cause: 'c' }],
    ['by expressions', { Error: '{% $states.input.e %}', Cause: '{% "x" & 1 %}' }, { error: 'Mine', cause: 'x1' }],
    ['without a cause', { Error: 'E' }, { error: 'E', cause: undefined }],
    ['without anything', {}, { error: undefined, cause: undefined }],
  ])('%s', async (_how, fields, failure) => {
    expect(await run({ F: { Type: 'Fail', ...fields } }, { input: { e: 'Mine' } })).toMatchObject({
      status: 'FAILED',
      ...failure,
    });
  });
});

describe('a map', () => {
  const over = (more: object, processor: object = pass()): States => ({
    M: { Type: 'Map', ItemProcessor: one(processor), End: true, ...more } as never,
  });

  test('runs over its input, keeping the order of the items', async () => {
    const functions = { slow: ({ n }: { n: number }) => returns(n * 10) };

    expect((await run(over({}, task('slow')), { input: [{ n: 1 }, { n: 2 }, { n: 3 }], functions })).output).toEqual([
      10, 20, 30,
    ]);
  });

  test('selects what each iteration gets', async () => {
    const ItemSelector = {
      i: '{% $states.context.Map.Item.Index %}',
      v: '{% $states.context.Map.Item.Value %}',
      of: '{% $count($states.input) %}',
    };

    expect((await run(over({ ItemSelector }), { input: ['a', 'b'] })).output).toEqual([
      { i: 0, v: 'a', of: 2 },
      { i: 1, v: 'b', of: 2 },
    ]);
  });

  test.each([
    [1, 40],
    [2, 20],
    [0, 10],
    ['{% 3 %}', 20],
  ])('with a concurrency of %s', async (MaxConcurrency, seconds) => {
    const wait = { Type: 'Wait', Seconds: 10, End: true };

    expect((await run(over({ MaxConcurrency }, wait), { input: [1, 2, 3, 4] })).seconds).toBe(seconds);
  });

  const half = { half: ({ ok }: { ok: boolean }) => (ok ? returns('fine') : breaks('Bad')) };
  const input = [{ ok: true }, { ok: false }, { ok: true }, { ok: false }];

  test.each([
    ['no threshold', {}, { status: 'FAILED', error: 'Bad' }],
    ['a count that is kept', { ToleratedFailureCount: 2 }, { status: 'SUCCEEDED', output: ['fine', 'fine'] }],
    [
      'a count that is exceeded',
      { ToleratedFailureCount: 1 },
      { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
    ],
    [
      'a percentage that is kept',
      { ToleratedFailurePercentage: '{% 50 %}' },
      { status: 'SUCCEEDED', output: ['fine', 'fine'] },
    ],
    [
      'a percentage that is exceeded',
      { ToleratedFailurePercentage: 49 },
      { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
    ],
  ])('tolerates by %s', async (_how, more, outcome) => {
    expect(await run(over({ MaxConcurrency: 1, ...more }, task('half')), { input, functions: half })).toMatchObject(
      outcome,
    );
  });

  test('groups items where it is distributed', async () => {
    const processor = { ...one(pass()), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { b: '{% 1 %}' } };
    const states: States = { M: { Type: 'Map', ItemProcessor: processor, ItemBatcher, End: true } };

    expect((await run(states, { input: [1, 2, 3] })).output).toEqual([
      { BatchInput: { b: 1 }, Items: [1, 2] },
      { BatchInput: { b: 1 }, Items: [3] },
    ]);
  });

  test('fails when what it should run over is no array', async () => {
    const { error, cause } = await run(over({ Items: '{% "abc" %}' }));

    expect([error, cause]).toEqual([
      'States.QueryEvaluationError',
      expect.stringContaining(`Expected 'array', but was 'string' for value: "abc"`),
    ]);
  });

  test('retries as a whole', async () => {
    let calls = 0;
    const functions = { once: () => (++calls === 1 ? breaks('Busy') : returns('ok')) };

    const done = await run(over({ Retry: [{ ErrorEquals: ['Busy'] }] }, task('once')), { input: [1, 2], functions });

    expect([done.output, calls]).toEqual([['ok', 'ok'], 4]);
  });
});

describe('an execution', () => {
  const waiting: States = { W: { Type: 'Wait', Seconds: 60, End: true } };

  test('that is stopped is aborted at once', async () => {
    const here = lab();
    const arn = await start(here, machine(waiting));
    await here.engine.stopExecution(arn, { error: 'Enough', cause: 'said so' });
    await here.clock.run();

    expect(await report(here, arn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'said so',
      seconds: 0,
      history: ['1<0 ExecutionStarted', '2<0 WaitStateEntered', '3<0 ExecutionAborted'],
    });
  });

  test('that takes longer than its machine allows is timed out', async () => {
    const done = await run(waiting, { more: { TimeoutSeconds: 20 } });

    expect(done).toMatchObject({ status: 'TIMED_OUT', error: undefined, cause: undefined, seconds: 20 });
    expect(done.history.at(-1)).toBe('3<0 ExecutionTimedOut');
  });

  test('ends when its history is full', async () => {
    const states: States = {
      A: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.stop = true %}', Next: 'Z' }], Default: 'A' },
      Z: { Type: 'Succeed' },
    };
    const made = lab();
    const arn = await start(made, machine(states));
    await made.clock.run();
    const last = await made.engine.getExecutionHistory(arn, { reverseOrder: true, maxResults: 1 });

    expect(last.events[0]).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
    expect((await report(made, arn)).cause).toBe('The execution reached the maximum number of history events (25000).');
  });

  test('tells of each change of its status', async () => {
    const changes: unknown[] = [];
    await run(waiting, {
      onStatusChange: ({ status, startDate, stopDate }) => changes.push([status, startDate, stopDate]),
    });

    expect(changes).toEqual([
      ['RUNNING', START, null],
      ['SUCCEEDED', START, START + 60_000],
    ]);
  });

  test('does not take an output that is too large', async () => {
    const states = { A: pass({ Output: '{% $states.input.text & $states.input.text %}' }) };

    const { error, cause } = await run(states, { input: { text: 'x'.repeat(150_000) } });

    expect([error, cause]).toEqual([
      'States.DataLimitExceeded',
      expect.stringContaining("The state/task 'A' returned a result with a size exceeding"),
    ]);
  });

  test('knows itself through the context object', async () => {
    const { output } = await run({ A: pass({ Output: '{% $states.context %}' }) }, { input: { a: 1 } });

    expect(output).toEqual({
      Execution: {
        Id: 'arn:aws:states:eu-west-1:000000000000:execution:machine:run',
        Input: { a: 1 },
        Name: 'run',
        RoleArn: 'arn:aws:iam::000000000000:role/state-machines',
        StartTime: '2026-01-01T00:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:eu-west-1:000000000000:stateMachine:machine', Name: 'machine' },
      State: { Name: 'A', EnteredTime: '2026-01-01T00:00:00.000Z' },
    });
  });
});
