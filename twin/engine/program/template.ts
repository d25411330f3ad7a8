import { QUERY_EVALUATION_ERROR, StateError } from '../failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { eachInOrder, type MaybePromise } from '../maybe-promise.ts';
import { compileQuery, expressionIn, type Query } from '../query/expression.ts';
import type { Scope } from '../query/scope.ts';

/** A payload template, compiled: JSON in which any string `{% … %}` stands for its value. Fails with a StateError. */
export type Template = (scope: Scope) => MaybePromise<Json>;

/** `location` names the field as AWS does: `Arguments/a/b[0]`. */
export function compileTemplate(template: Json, location: string): Template {
  const evaluate = compileNode(template, location);
  return evaluate ?? (() => template);
}

/** Answers nothing for a part without expressions: the part itself is then the value. */
function compileNode(node: Json, location: string): Template | undefined {
  if (typeof node === 'string') return compileText(node, location);
  if (Array.isArray(node)) return compileArray(node, location);
  return isObject(node) ? compileObject(node, location) : undefined;
}

function compileText(text: string, location: string): Template | undefined {
  const source = expressionIn(text);
  if (source === undefined) return undefined;
  const query = compileQuery(source);
  return (scope) => evaluateQuery(query, scope, location);
}

function evaluateQuery(query: Query, scope: Scope, location: string): MaybePromise<Json> {
  try {
    const value = query.evaluate(scope);
    if (!(value instanceof Promise)) return defined(value, query, location);
    return value.then(
      (settled) => defined(settled, query, location),
      (reason) => {
        throw evaluationError(query, location, reason);
      },
    );
  } catch (reason) {
    throw reason instanceof StateError ? reason : evaluationError(query, location, reason);
  }
}

const about = (query: Query, location: string) =>
  `The JSONata expression '${query.source}' specified for the field '${location}'`;

function defined(value: Json | undefined, query: Query, location: string): Json {
  if (value !== undefined) return value;
  throw new StateError(QUERY_EVALUATION_ERROR, `${about(query, location)} returned nothing (undefined).`, location);
}

/** JSONata's code for an evaluation that took too long, and what AWS says then. */
const TIMED_OUT = 'D1012';
const ENDLESS = ': Expression evaluation timeout: Check for infinite loop';

function evaluationError(query: Query, location: string, reason: unknown): StateError {
  const { code, message } = reason as { code?: string; message?: string };
  const detail = code === TIMED_OUT ? ENDLESS : code ? `. ${code}: ${message}` : `: ${message}`;
  const cause = `${about(query, location)} threw an error during evaluation${detail}`;
  return new StateError(QUERY_EVALUATION_ERROR, cause, location);
}

function compileArray(items: Json[], location: string): Template | undefined {
  const parts = items.map((item, index) => compileNode(item, `${location}[${index}]`));
  if (parts.every((part) => part === undefined)) return undefined;
  return (scope) => {
    const values = [...items];
    const fill = (part: Template | undefined, index: number) =>
      part &&
      store(part(scope), (value) => {
        values[index] = value;
      });
    return after(eachInOrder(parts, fill), values);
  };
}

function compileObject(object: JsonObject, location: string): Template | undefined {
  const parts = Object.entries(object).flatMap(([key, value]) => {
    const part = compileNode(value, `${location}/${key}`);
    return part ? [{ key, part }] : [];
  });
  if (parts.length === 0) return undefined;
  return (scope) => {
    const values = { ...object };
    const fill = ({ key, part }: { key: string; part: Template }) =>
      store(part(scope), (value) => {
        values[key] = value;
      });
    return after(eachInOrder(parts, fill), values);
  };
}

const store = (value: MaybePromise<Json>, keep: (value: Json) => void): MaybePromise<void> =>
  value instanceof Promise ? value.then(keep) : keep(value);

const after = (done: MaybePromise<void>, value: Json): MaybePromise<Json> =>
  done instanceof Promise ? done.then(() => value) : value;

/** The JSON type names that AWS uses in its causes. */
export const typeName = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** The failure of an expression that answered the wrong type of value. */
export function unexpectedType(template: Json, location: string, expected: string, value: Json): StateError {
  const source = typeof template === 'string' ? expressionIn(template) : undefined;
  const what = `'${typeName(value)}' for value: ${JSON.stringify(value)}`;
  const subject =
    source === undefined
      ? `The field '${location}'`
      : `The JSONata expression '${source}' specified for the field '${location}'`;
  const cause = `${subject} returned an unexpected result type. Expected '${expected}', but was ${what}`;
  return new StateError(QUERY_EVALUATION_ERROR, cause, location);
}
