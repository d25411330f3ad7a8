import { describe, expect, test } from '@jest/globals';
import { run } from '../support/lab.ts';

/** What expressions give, measured on AWS: `[expression, value]`, evaluated with the input below. */
const input = {
  n: 3,
  text: 'abc',
  none: null,
  list: [1, 2, 3],
  one: [7],
  empty: [],
  deep: { a: { b: 'c' } },
  rows: [{ k: 1 }, { k: 2 }],
};

const VALUES: [string, unknown][] = [
  ['$states.input.n + 1', 4],
  ['$states.input.deep.a.b', 'c'],
  ['$states.input.none', null],
  ['$exists($states.input.none)', true],
  ['$type($states.input.none)', 'null'],
  ['$states.input.list', [1, 2, 3]],
  ['$states.input.one', [7]],
  ['$states.input.empty', []],
  ['$states.input.rows.k', [1, 2]],
  ['$states.input.rows[k = 2].k', 2],
  ['$states.input.list[0]', 1],
  ['$states.input.list[-1]', 3],
  ['$count($states.input.list)', 3],
  ['$sum($states.input.list)', 6],
  ['"x" & $states.input.n', 'x3'],
  ['$map($states.input.list, function($v) { $v * 2 })', [2, 4, 6]],
  ['$filter($states.input.list, function($v) { $v > 1 })', [2, 3]],
  ['$merge([{"a": 1}, {"b": 2}])', { a: 1, b: 2 }],
  ['{"kept": 1, "dropped": $states.input.absent}', { kept: 1 }],
  ['[1, $states.input.absent, 2]', [1, 2]],
  ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
  ['$partition([1, 2, 3])', [[1, 2, 3]]],
  ['$partition([1, 2, 3, 4, 5], 2.9)', [[1, 2], [3, 4], [5]]],
  ['$range(0, 6, 2)', [0, 2, 4, 6]],
  ['$range(3, 1, -1)', [3, 2, 1]],
  ['$range(1.7, 5, 1)', [1, 2, 3, 4, 5]],
  ['$range(3, 3, 1)', 3],
  ['$count($range(1, 360145, 1))', 360145],
  ['$hash("input", "MD5")', 'a43c1b0aa53a0c908810c06ab1ff3967'],
  ['$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
  ['$hash("input", "SHA-256")', 'c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20'],
  ['$random(42)', 0.7275636800328681],
  ['$parse("{\\"a\\":[1,{\\"b\\":null}]}")', { a: [1, { b: null }] }],
  ['$parse("null")', null],
  ['1/0', 'Infinity'],
  ['$now()', '2026-01-01T00:00:00.000Z'],
  ['$now("[Y0001]-[M01]")', '2026-01'],
  ['$millis()', Date.UTC(2026, 0, 1)],
  ['$contains("abc", /b/)', true],
  ['/* a comment */ 1', 1],
];

describe('an expression in Output', () => {
  test.each(VALUES)('%s', async (expression, value) => {
    const { output } = await run({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }, { input });

    expect(output).toEqual(value);
  });

  test('keeps text that is not wholly one expression as it is', async () => {
    const Output = { a: ' {% $states.input.n %}', b: 'x {% 1 %} y', c: '$states.input', d: '{%1%}' };

    const { output } = await run({ A: { Type: 'Pass', Output, End: true } });

    expect(output).toEqual({ ...Output, d: 1 });
  });

  test('makes version 4 UUIDs, each a new one', async () => {
    const { output } = await run(
      { A: { Type: 'Pass', Output: '{% [$uuid(), $uuid()] %}', End: true } },
      { random: Math.random },
    );

    const [first, second] = output as string[];
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second).not.toBe(first);
  });
});

/** What fails, and how AWS says so: the rest of the cause after the sentence that names expression and field. */
const REFUSED: [string, string][] = [
  ['$states.input.absent', 'returned nothing (undefined).'],
  ['$range(1, 5)', 'returned nothing (undefined).'],
  ['$range(5, 1, 1)', 'returned nothing (undefined).'],
  ['$partition([], 2)', 'returned nothing (undefined).'],
  ['$hash("input")', 'returned nothing (undefined).'],
  ['$parse()', 'returned nothing (undefined).'],
  [
    '$abs("x")',
    'threw an error during evaluation. T0410: Argument 1 of function "abs" does not match function signature',
  ],
  ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
  ['$partition([1, 2], -1)', 'threw an error during evaluation. D3137: Second argument must be zero or greater'],
  [
    '$hash("data", "X")',
    "threw an error during evaluation. D3137: Hash algorithm 'X' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
  ],
  ['$parse("{bad")', 'threw an error during evaluation. D3137: Invalid JSON'],
  ['$parse("")', 'threw an error during evaluation. D3137: Invalid JSON'],
  [
    '$partition("text", 2)',
    'threw an error during evaluation. T0412: Argument 1 of function "partition" must be an array of undefined',
  ],
  [
    '$uuid("x")',
    'threw an error during evaluation. T0410: Argument 1 of function "uuid" does not match function signature',
  ],
  [
    '$random(77, 88)',
    'threw an error during evaluation. T0410: Argument 2 of function "random" does not match function signature',
  ],
  [
    '$states.input.text + 5',
    'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number',
  ],
  [
    '$range(1, 360146, 1)',
    'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
  ],
];

describe('an expression that fails', () => {
  test.each(REFUSED)('%s', async (expression, reason) => {
    const { status, error, cause, events } = await run(
      { A: { Type: 'Pass', Output: { v: `{% ${expression} %}` }, End: true } },
      { input },
    );

    const where = "An error occurred while executing the state 'A' (entered at the event id #2). ";
    const said = `${where}The JSONata expression '${expression}' specified for the field 'Output/v' ${reason}`;
    expect([status, error, cause]).toEqual(['FAILED', 'States.QueryEvaluationError', said]);
    expect(events[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { error, cause, location: 'Output/v', state: 'A' },
    });
  });
});
