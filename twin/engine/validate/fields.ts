import { isObject, type Json, type JsonObject } from '../json.ts';
import { isTimestamp } from '../program/typed.ts';
import { expressionIn } from '../query/expression.ts';
import { checkExpressions, type Place } from './expressions.ts';
import { type Report, schema } from './problem.ts';

/** Checks one field's value. */
export type Check = (value: Json, location: string, report: Report) => void;

/** The fields an object may have; `required` ones must be there. */
export type Shape = Readonly<Record<string, Check>>;

const expected = (type: string): string => `Expected value of type [${type}]`;
const isExpression = (value: Json) => typeof value === 'string' && expressionIn(value) !== undefined;

export const string: Check = (value, location, report) => {
  if (typeof value !== 'string') report(schema(expected('STRING'), location));
};

export const yes: Check = (value, location, report) => {
  if (value !== true) report(schema('Value should be true', location));
};

export const oneOf =
  (...values: string[]): Check =>
  (value, location, report) => {
    if (typeof value !== 'string') report(schema(expected('STRING'), location));
    else if (!values.includes(value))
      report(schema(`Value should be one of the following: [${values.join(', ')}]`, location));
  };

/** Any JSON with expressions in it, which see what their place lets them see. */
const payloadIn =
  (place: Place): Check =>
  (value, location, report) =>
    checkExpressions(value, location, report, place);

export const payload = payloadIn({});
export const resultOutput = payloadIn({ result: true });
export const catchOutput = payloadIn({ errorOutput: true });

const number = (fits: (value: number) => boolean, message: string): Check => {
  return (value, location, report) => {
    if (typeof value !== 'number') report(schema(expected('NUMBER'), location));
    else if (!fits(value)) report(schema(message, location));
  };
};

export const integer = (low: number, high = Number.MAX_SAFE_INTEGER): Check =>
  number((value) => Number.isInteger(value) && value >= low && value <= high, rangeText(low, high));

export const decimal = (low: number, high = Number.POSITIVE_INFINITY): Check =>
  number((value) => value >= low && value <= high, rangeText(low, high));

const rangeText = (low: number, high: number) =>
  high >= Number.MAX_SAFE_INTEGER
    ? `Value is not valid. Minimum is ${low}`
    : `Value is not valid. It should be between ${low} and ${high}`;

/** The value itself, or an expression for it. */
export const orExpression =
  (check: Check): Check =>
  (value, location, report) =>
    isExpression(value) ? payload(value, location, report) : check(value, location, report);

export const timestamp: Check = (value, location, report) => {
  if (typeof value !== 'string') report(schema(expected('STRING'), location));
  else if (!isTimestamp(value)) report(schema('Value is not a valid RFC3339 timestamp', location));
};

export const condition: Check = (value, location, report) => {
  if (!isExpression(value) && typeof value !== 'boolean') report(schema('Value is not a JSONata expression', location));
  else payload(value, location, report);
};

const VARIABLE = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;

/** Names that no variable may have: Step Functions gives them their meaning. */
const RESERVED = new Set(['states']);

const assignIn =
  (place: Place): Check =>
  (value, location, report) => {
    if (!isObject(value)) {
      report(schema(expected('OBJECT'), location));
      return;
    }
    for (const name of Object.keys(value)) {
      if (RESERVED.has(name)) report(schema(`Variable name '${name}' is reserved`, `${location}/${name}`));
      else if (!VARIABLE.test(name)) report(schema(`Variable name '${name}' is not valid`, `${location}/${name}`));
    }
    checkExpressions(value, location, report, place);
  };

export const assign = assignIn({});
export const resultAssign = assignIn({ result: true });
export const catchAssign = assignIn({ errorOutput: true });
/** A list with at least `least` members, each checked. */
export const list =
  (each: Check, least = 0): Check =>
  (value, location, report) => {
    if (!Array.isArray(value)) {
      report(schema(expected('ARRAY'), location));
      return;
    }
    if (value.length < least) report(schema('Value should not be empty', location));
    for (const [index, item] of value.entries()) each(item, `${location}[${index}]`, report);
  };

/** An object of a shape. Unknown fields are refused at the object, as AWS does. */
export const object =
  (shape: Shape, required: readonly string[] = []): Check =>
  (value, location, report) => {
    if (!isObject(value)) {
      report(schema(expected('OBJECT'), location));
      return;
    }
    checkShape(value, location, report, shape, required);
  };

export function checkShape(
  value: JsonObject,
  location: string,
  report: Report,
  shape: Shape,
  required: readonly string[],
): void {
  const missing = required.filter((name) => value[name] === undefined);
  if (missing.length > 0) report(schema(`These fields are required: [${missing.join(', ')}]`, location || '/'));
  for (const [name, field] of Object.entries(value)) {
    const check = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (check) check(field, `${location}/${name}`, report);
    else report(schema(`Field '${name}' is not supported`, location || '/'));
  }
}
