import { describe, expect, test } from '@jest/globals';
import witness from 'asl-validator';
import { ApiError, type JsonObject, problemsOf } from '../../twin/engine/index.ts';
import { FUNCTION, lab, machine } from './support/lab.ts';

/** Each definition here differs from one that is accepted in the one thing that its name says. */
type Fields = Record<string, unknown>;
const pass = (more: Fields = {}): Fields => ({ Type: 'Pass', End: true, ...more });
const task = (more: Fields = {}): Fields => ({ Type: 'Task', Resource: `${FUNCTION}f`, End: true, ...more });
const one = (state: Fields) => ({ StartAt: 'A', States: { A: state } });
const of = (state: Fields, more: Fields = {}): JsonObject =>
  ({ QueryLanguage: 'JSONata', ...one(state), ...more }) as JsonObject;
const two = (state: Fields): JsonObject =>
  ({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: state, Z: pass() } }) as JsonObject;
const choice = (rule: Fields, more: Fields = {}) =>
  two({ Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Z', ...rule }], ...more });
const inner = (state: Fields) => ({ StartAt: 'Inner', States: { Inner: state } });
const map = (more: Fields = {}) => of({ Type: 'Map', ItemProcessor: inner(pass()), End: true, ...more });
const parallel = (more: Fields = {}) => of({ Type: 'Parallel', Branches: [inner(pass())], End: true, ...more });

const ACCEPTED: [string, JsonObject][] = [
  ['a pass state', of(pass())],
  [
    'a task with everything',
    two(
      task({
        Arguments: { a: '{% $states.input %}' },
        TimeoutSeconds: 10,
        HeartbeatSeconds: 5,
        Retry: [
          {
            ErrorEquals: ['A'],
            IntervalSeconds: 1,
            MaxAttempts: 0,
            BackoffRate: 1.5,
            MaxDelaySeconds: 9,
            JitterStrategy: 'FULL',
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z', Assign: { e: '{% $states.errorOutput.Error %}' } }],
        Output: '{% $states.result %}',
      }),
    ),
  ],
  ['limits by expressions', of(task({ TimeoutSeconds: '{% 10 %}', HeartbeatSeconds: '{% 5 %}' }))],
  ['a choice', choice({ Output: 1, Assign: { a: 1 } }, { Default: 'Z' })],
  ['waits', of({ Type: 'Wait', Seconds: 0, End: true })],
  ['waits until an instant', of({ Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z', End: true })],
  ['a map', map({ Items: '{% $states.input %}', MaxConcurrency: 3 })],
  ['a parallel', parallel({ Arguments: {} })],
  ['a fail state', of({ Type: 'Fail', Error: 'E', Cause: '{% "c" %}' })],
];

/** `[what, the definition, where, a part of the message, whether the witness knows it too]`. */
const REFUSED: [string, unknown, string | undefined, string, boolean][] = [
  ['no object', [], undefined, 'must be a JSON object', true],
  ['no JSON', '{', undefined, 'JSON', false],
  [
    'no StartAt',
    { QueryLanguage: 'JSONata', States: { A: pass() } },
    '/',
    'These fields are required: [StartAt]',
    true,
  ],
  ['no states', { QueryLanguage: 'JSONata', StartAt: 'A', States: {} }, '/States', 'should not be empty', true],
  ['a StartAt that is not there', { ...of(pass()), StartAt: 'B' }, '/StartAt', "Missing 'Next' target: B", true],
  ['an unknown field of the machine', of(pass(), { Colour: 1 }), '/', "Field 'Colour' is not supported", true],
  ['an unknown field of a state', of(pass({ Colour: 1 })), '/States/A', "Field 'Colour' is not supported", true],
  ['an unknown type', of({ Type: 'Dance', End: true }), '/States/A/Type', 'Value should be one of the following', true],
  ['both ways out', two(pass({ Next: 'Z' })), '/States/A', 'Only one of these fields', true],
  ['no way out', of({ Type: 'Pass' }), '/States/A', 'One of these fields is required: [Next, End]', true],
  ['a way to nowhere', of({ Type: 'Pass', Next: 'B' }), '/States/A/Next', "Missing 'Next' target: B", true],
  ['a state that nothing leads to', two(pass()), '/States/Z', 'State "Z" is not reachable', true],
  ['no end', of({ Type: 'Pass', Next: 'A' }), undefined, 'Workflow has no terminal state', true],
  [
    'an input path',
    of(pass({ InputPath: '$' })),
    '/States/A',
    "field 'InputPath' is only supported for the 'JSONPath'",
    true,
  ],
  ['parameters', of(task({ Parameters: {} })), '/States/A', "field 'Parameters' is only supported", true],
  ['a JSONPath state', of(pass({ QueryLanguage: 'JSONPath' })), '/States/A', "can not be 'JSONPath'", false],
  [
    'a machine in JSONPath',
    { StartAt: 'A', States: { A: pass({ Parameters: { 'a.$': '$.b' } }) } },
    '/States/A',
    'which this engine does not run',
    false,
  ],
  ['no resource', of({ Type: 'Task', End: true }), '/States/A', 'These fields are required: [Resource]', true],
  [
    'a resource of an unknown kind',
    of(task({ Resource: 'arn:aws:states:eu-west-1:1:activity:a' })),
    '/States/A/Resource',
    'not a resource that can be called',
    false,
  ],
  ['a timeout of no time', of(task({ TimeoutSeconds: 0 })), '/States/A/TimeoutSeconds', 'between 1 and 99999999', true],
  [
    'a timeout of the wrong type',
    of(task({ TimeoutSeconds: 'soon' })),
    '/States/A/TimeoutSeconds',
    'Expected value of type [NUMBER]',
    true,
  ],
  [
    'a heartbeat after the timeout',
    of(task({ TimeoutSeconds: 5, HeartbeatSeconds: 9 })),
    '/States/A/HeartbeatSeconds',
    "smaller than 'TimeoutSeconds'",
    false,
  ],
  [
    'a retrier without errors',
    of(task({ Retry: [{ ErrorEquals: [] }] })),
    '/States/A/Retry[0]/ErrorEquals',
    'should not be empty',
    false,
  ],
  [
    'a retrier with half a second',
    of(task({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 0.5 }] })),
    '/States/A/Retry[0]/IntervalSeconds',
    'not valid',
    false,
  ],
  [
    'a backoff under one',
    of(task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] })),
    '/States/A/Retry[0]/BackoffRate',
    'Minimum is 1',
    false,
  ],
  [
    'another jitter',
    of(task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] })),
    '/States/A/Retry[0]/JitterStrategy',
    '[FULL, NONE]',
    false,
  ],
  [
    'States.ALL among others',
    of(task({ Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })),
    '/States/A/Retry[0]/ErrorEquals',
    'must appear alone',
    false,
  ],
  [
    'States.ALL before others',
    of(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })),
    '/States/A/Retry[0]/ErrorEquals',
    'must be in the last entry',
    false,
  ],
  [
    'a catcher without a way',
    of(task({ Catch: [{ ErrorEquals: ['A'] }] })),
    '/States/A/Catch[0]',
    'These fields are required: [Next]',
    true,
  ],
  [
    'a catch on a pass state',
    two(pass({ Catch: [{ ErrorEquals: ['A'], Next: 'Z' }] })),
    '/States/A',
    "Field 'Catch' is not supported",
    true,
  ],
  [
    'a choice without rules',
    two({ Type: 'Choice', Choices: [], Default: 'Z' }),
    '/States/A/Choices',
    'should not be empty',
    true,
  ],
  ['a choice that ends', choice({}, { End: true }), '/States/A', "Field 'End' is not supported", false],
  [
    'a condition that is no expression',
    choice({ Condition: 'yes' }),
    '/States/A/Choices[0]/Condition',
    'not a JSONata expression',
    true,
  ],
  ['a wait for nothing', of({ Type: 'Wait', End: true }), '/States/A', '[Seconds, Timestamp]', true],
  [
    'a wait for two things',
    of({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true }),
    '/States/A',
    '[Seconds, Timestamp]',
    true,
  ],
  [
    'a timestamp that is none',
    of({ Type: 'Wait', Timestamp: 'tomorrow', End: true }),
    '/States/A/Timestamp',
    'RFC3339',
    true,
  ],
  [
    'a parallel without branches',
    of({ Type: 'Parallel', End: true }),
    '/States/A',
    'These fields are required: [Branches]',
    true,
  ],
  [
    'a broken branch',
    parallel({ Branches: [inner({ Type: 'Pass' })] }),
    '/States/A/Branches[0]/States/Inner',
    '[Next, End]',
    true,
  ],
  [
    'a branch that leaves itself',
    two({ Type: 'Parallel', Branches: [inner({ Type: 'Pass', Next: 'Z' })], Next: 'Z' }),
    '/States/A/Branches[0]/States/Inner/Next',
    "Missing 'Next' target: Z",
    true,
  ],
  [
    'a map without a processor',
    of({ Type: 'Map', End: true }),
    '/States/A',
    'These fields are required: [ItemProcessor]',
    true,
  ],
  ['a negative concurrency', map({ MaxConcurrency: -1 }), '/States/A/MaxConcurrency', 'Minimum is 0', true],
  ['an item reader', map({ ItemReader: {} }), '/States/A/ItemReader', 'does not support', false],
  ['a syntax error', of(pass({ Output: '{% a[1,2) %}' })), '/States/A/Output', 'Expected "]", got ","', true],
  [
    'a name at the top level',
    of(pass({ Output: { v: '{% phone %}' } })),
    '/States/A/Output/v',
    "Reference to 'phone' at the top level is not supported.",
    false,
  ],
  [
    'the context item',
    of(pass({ Output: '{% $.phone %}' })),
    '/States/A/Output',
    "Reference to '$' at the top level",
    false,
  ],
  ['the root', of(pass({ Output: '{% $$ %}' })), '/States/A/Output', "Reference to '$$' is not supported.", false],
  [
    'a result where there is none',
    of(pass({ Output: '{% $states.result %}' })),
    '/States/A/Output',
    "Field '$states.result' does not exist.",
    false,
  ],
  [
    'a result in arguments',
    of(task({ Arguments: '{% $states.result %}' })),
    '/States/A/Arguments',
    "Field '$states.result' does not exist.",
    false,
  ],
  [
    'an error where none was caught',
    of(task({ Output: '{% $states.errorOutput %}' })),
    '/States/A/Output',
    "Field '$states.errorOutput' does not exist.",
    false,
  ],
  ['a reserved variable', of(pass({ Assign: { states: 1 } })), '/States/A/Assign/states', 'reserved', false],
  ['a variable of no name', of(pass({ Assign: { '1st': 1 } })), '/States/A/Assign/1st', 'not valid', false],
  [
    'a variable of the outer scope',
    parallel({ Assign: { x: 1 }, Branches: [inner(pass({ Assign: { x: 2 } }))] }),
    '/States/A/Branches[0]/States/Inner/Assign/x',
    "'x' was already defined in a parent scope.",
    false,
  ],
];

const acceptedByWitness = (definition: unknown) => witness(definition as object).isValid;

describe('a definition', () => {
  test.each(ACCEPTED)('with %s is accepted, by the witness too', (_what, definition) => {
    expect(problemsOf(definition)).toEqual([]);
    expect(acceptedByWitness(definition)).toBe(true);
  });

  test.each(REFUSED)('with %s is refused', (_what, definition, location, message) => {
    const problems = problemsOf(definition);

    expect(problems).toContainEqual({
      code: expect.any(String),
      message: expect.stringContaining(message),
      ...(location !== undefined && { location }),
    });
  });

  test.each(REFUSED.filter(([, , , , known]) => known))(
    'with %s is refused by the witness too',
    (_what, definition) => {
      expect(acceptedByWitness(definition)).toBe(false);
    },
  );

  test('is refused with all its problems at once', async () => {
    const broken = of(pass({ Colour: 1, Output: '{% a %}', Assign: { states: 1 } }));
    const refusal = await lab()
      .engine.createStateMachine('broken', broken)
      .catch((reason: unknown) => reason);

    expect(refusal).toBeInstanceOf(ApiError);
    expect((refusal as ApiError).message).toBe(
      "Invalid State Machine Definition: '" +
        "SCHEMA_VALIDATION_FAILED: Field 'Colour' is not supported at /States/A, " +
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'a' at the top level is not supported. at /States/A/Output, " +
        "SCHEMA_VALIDATION_FAILED: Variable name 'states' is reserved at /States/A/Assign/states'",
    );
  });

  test('in JSONPath may have states that speak JSONata, beside ones that speak neither', async () => {
    const states = {
      A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 %}', Next: 'B' },
      B: { Type: 'Pass', End: true },
    };

    expect(problemsOf({ StartAt: 'A', States: states })).toEqual([]);
  });

  test('that exists already may be created again, but not another of its name', async () => {
    const { engine } = lab();
    const first = await engine.createStateMachine('m', machine({ A: { Type: 'Succeed' } }));
    const second = await engine.createStateMachine('m', machine({ A: { Type: 'Succeed' } }));

    expect(second).toEqual(first);
    await expect(engine.createStateMachine('m', machine({ B: { Type: 'Succeed' } }))).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
    });
  });
});
