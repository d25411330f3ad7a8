import { QUERY_EVALUATION_ERROR, StateError } from '../failure.ts';
import type { Json } from '../json.ts';
import { chain } from '../maybe-promise.ts';
import { compileTemplate, unexpectedType } from './template.ts';
import type { Typed } from './types.ts';

/** A field of one type. `accept` says what is wrong with a value of the right type, if anything; % is the field. */
function typed<T extends string | number | boolean>(type: string, accept: (value: T) => string | undefined) {
  return (template: Json, location: string): Typed<T> => {
    const evaluate = compileTemplate(template, location);
    const check = (value: Json): T => {
      if (typeof value !== type) throw unexpectedType(template, location, type, value);
      const problem = accept(value as T);
      if (problem) throw new StateError(QUERY_EVALUATION_ERROR, problem.replace('%', location), location);
      return value as T;
    };
    return (scope) => chain(evaluate(scope), check);
  };
}

const MAX_SECONDS = 99_999_999;

const between = (low: number, high: number) => (value: number) => {
  if (!Number.isInteger(value)) return `The % field cannot be parsed as an integer: ${value}`;
  return value < low || value > high ? `% must be between ${low} and ${high} but was: ${value}` : undefined;
};

const percentage = (value: number) =>
  value >= 0 && value <= 100 ? undefined : `% must be between 0 and 100 but was: ${value}`;

/** RFC 3339 with capital T and Z, as the Amazon States Language profiles it. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export const isTimestamp = (text: string) => TIMESTAMP.test(text) && !Number.isNaN(Date.parse(text));

const instant = (text: string) =>
  isTimestamp(text)
    ? undefined
    : `The % parameter does not reference a valid ISO-8601 extended offset date-time format string: ${text}`;

export const text = typed<string>('string', () => undefined);
export const flag = typed<boolean>('boolean', () => undefined);
export const timestamp = typed<string>('string', instant);
export const seconds = typed<number>('number', between(0, MAX_SECONDS));
export const count = typed<number>('number', between(0, Number.MAX_SAFE_INTEGER));
export const percent = typed<number>('number', percentage);
