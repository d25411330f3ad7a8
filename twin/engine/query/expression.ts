import jsonata, { type Expression as Jsonata } from 'jsonata';
import type { Json } from '../json.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import { compileDirect, type Direct } from './direct.ts';
import { registerFunctions, SCOPE } from './functions.ts';
import { ASK_JSONATA } from './operators.ts';
import { plain } from './plain.ts';
import { type Scope, statesOf } from './scope.ts';

/** One `{% … %}` expression, compiled. Evaluates to nothing (undefined) where JSONata does. */
export interface Query {
  readonly source: string;
  evaluate(scope: Scope): MaybePromise<Json | undefined>;
}

const OPEN = '{%';
const CLOSE = '%}';

/** The expression inside `{% … %}`. Only a string that is nothing else is one: `" {% x %}"` is text. */
export const expressionIn = (text: string): string | undefined =>
  text.startsWith(OPEN) && text.endsWith(CLOSE) && text.length >= OPEN.length + CLOSE.length
    ? text.slice(OPEN.length, -CLOSE.length).trim()
    : undefined;

/** AWS's own bound; an endless recursion would otherwise never give the engine back. */
const LONGEST_EVALUATION_MS = 5_000;

const compiled = new Map<string, Query>();

/** Compiles once per source text. Throws what JSONata throws on a syntax error. */
export function compileQuery(source: string): Query {
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source, { timeout: LONGEST_EVALUATION_MS });
  registerFunctions(expression);
  const query = { source, evaluate: evaluator(expression, compileDirect(expression.ast())) };
  compiled.set(source, query);
  return query;
}

function evaluator(expression: Jsonata, direct: Direct | undefined): Query['evaluate'] {
  const full = (scope: Scope) => evaluateFully(expression, scope);
  if (!direct) return full;
  return (scope) => {
    try {
      return direct(scope);
    } catch (reason) {
      if (reason === ASK_JSONATA) return full(scope);
      throw reason;
    }
  };
}

/** `$eval` is bound to nothing because AWS disables it. */
async function evaluateFully(expression: Jsonata, scope: Scope): Promise<Json | undefined> {
  const bindings = { eval: undefined, ...scope.variables, states: statesOf(scope), [SCOPE]: scope };
  return plain(await expression.evaluate(undefined, bindings));
}
