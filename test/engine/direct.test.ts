import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import type { Json } from '../../twin/engine/index.ts';
import { compileDirect } from '../../twin/engine/query/direct.ts';
import { ASK_JSONATA } from '../../twin/engine/query/operators.ts';
import { plain } from '../../twin/engine/query/plain.ts';

/** The direct evaluator may decline; what it answers must be what JSONata answers. */
const key = fc.constantFrom('a', 'b', 'c');
const leaf = fc.oneof(fc.constantFrom<Json>(null, true, false, 0, 1, -2, 3.5, '', 'x', 'y'), fc.integer(), fc.string());
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '&', '+', '-', '*', '/', '%', 'and', 'or');
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('1', '0', '"x"', '""', 'true', 'false', 'null', '-3', '$v', '$states.input', '$states.result'),
      fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => `$states.input.${keys.join('.')}`),
      key.map((name) => `$v.${name}`),
      fc.tuple(inner, operator, inner).map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test}) ? (${yes}) : (${no})`),
      fc.tuple(inner, inner).map(([first, second]) => `{"p": ${first}, "q": ${second}}`),
      fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(fc.constantFrom('exists', 'not'), inner).map(([name, argument]) => `$${name}(${argument})`),
    ),
  };
});

test('the direct evaluator answers what JSONata answers, or declines', async () => {
  let answered = 0;
  const agree = async (source: string, input: Json, v: Json) => {
    const compiled = jsonata(source);
    const evaluate = compileDirect(compiled.ast());
    const scope = { input, variables: { v }, nowMs: 0, context: () => ({}), random: () => 0 };
    const direct = () => {
      try {
        return evaluate ? { value: evaluate(scope) } : undefined;
      } catch (reason) {
        if (reason === ASK_JSONATA) return undefined;
        throw reason;
      }
    };
    const own = direct();
    if (!own) return;
    answered += 1;
    expect(own.value).toEqual(plain(await compiled.evaluate(undefined, { states: { input }, v })));
  };

  await fc.assert(fc.asyncProperty(expression, value, value, agree), { numRuns: 2000 });

  expect(answered).toBeGreaterThan(500);
});
