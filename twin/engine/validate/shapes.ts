import { isObject, type Json } from '../json.ts';
import { parseResource } from '../program/resource.ts';
import {
  assign,
  type Check,
  catchAssign,
  catchOutput,
  condition,
  decimal,
  integer,
  list,
  object,
  oneOf,
  orExpression,
  payload,
  resultAssign,
  resultOutput,
  type Shape,
  string,
  timestamp,
  yes,
} from './fields.ts';
import { type Report, schema } from './problem.ts';

/** The fields of each kind of state in JSONata mode. Source: Amazon States Language, and the quotas of AWS. */
const MAX_SECONDS = 99_999_999;

const seconds = (low: number) => orExpression(integer(low, MAX_SECONDS));
const count = orExpression(integer(0));

const resource: Check = (value, location, report) => {
  if (typeof value !== 'string') report(schema('Expected value of type [STRING]', location));
  else if (!parseResource(value)) report(schema(`Value is not a resource that can be called: '${value}'`, location));
};

const errorEquals = list(string, 1);

const retrier = object(
  {
    ErrorEquals: errorEquals,
    IntervalSeconds: integer(1, MAX_SECONDS),
    MaxAttempts: integer(0, MAX_SECONDS),
    BackoffRate: decimal(1),
    MaxDelaySeconds: integer(1, 31_622_400),
    JitterStrategy: oneOf('FULL', 'NONE'),
    Comment: string,
  },
  ['ErrorEquals'],
);

const catcher = object(
  { ErrorEquals: errorEquals, Next: string, Assign: catchAssign, Output: catchOutput, Comment: string },
  ['ErrorEquals', 'Next'],
);

const WILDCARD = 'States.ALL';

/** A wildcard stands alone, and in the last place. */
const wildcardsLast =
  (each: Check): Check =>
  (value, location, report) => {
    list(each)(value, location, report);
    const entries = Array.isArray(value) ? value : [];
    for (const [index, entry] of entries.entries())
      checkWildcard(entry, index === entries.length - 1, `${location}[${index}]`, report);
  };

function checkWildcard(entry: Json, last: boolean, location: string, report: Report): void {
  const errors = isObject(entry) && Array.isArray(entry.ErrorEquals) ? entry.ErrorEquals : [];
  if (!errors.includes(WILDCARD)) return;
  if (errors.length > 1) report(schema(`${WILDCARD} must appear alone`, `${location}/ErrorEquals`));
  if (!last) report(schema(`${WILDCARD} must be in the last entry`, `${location}/ErrorEquals`));
}

const common: Shape = { Type: string, Comment: string, QueryLanguage: oneOf('JSONPath', 'JSONata') };
const moving: Shape = { ...common, Next: string, End: yes, Assign: assign, Output: payload };
const handling: Shape = {
  ...moving,
  Assign: resultAssign,
  Output: resultOutput,
  Retry: wildcardsLast(retrier),
  Catch: wildcardsLast(catcher),
};

const rule = object({ Condition: condition, Next: string, Assign: assign, Output: payload, Comment: string }, [
  'Condition',
  'Next',
]);

const batcher = object({
  MaxItemsPerBatch: count,
  MaxInputBytesPerBatch: orExpression(integer(0, 262_144)),
  BatchInput: payload,
});

/** What the engine does not do is refused when the machine is made, not when it runs. */
const unsupported: Check = (_value, location, report) =>
  report(schema('This engine does not support the field; see docs/engine.md', location));

const items: Check = (value, location, report) => {
  if (typeof value === 'string') condition(value, location, report);
  else if (Array.isArray(value) || isObject(value)) payload(value, location, report);
  else report(schema('Expected value of type [ARRAY]', location));
};

const nothing: Check = () => {};

export const STATES: Readonly<Record<string, { readonly shape: Shape; readonly required: readonly string[] }>> = {
  Pass: { shape: moving, required: [] },
  Succeed: { shape: { ...common, Output: payload }, required: [] },
  Fail: { shape: { ...common, Error: orExpression(string), Cause: orExpression(string) }, required: [] },
  Choice: {
    shape: { ...common, Assign: assign, Output: payload, Choices: list(rule, 1), Default: string },
    required: ['Choices'],
  },
  Wait: { shape: { ...moving, Seconds: seconds(0), Timestamp: orExpression(timestamp) }, required: [] },
  Task: {
    shape: {
      ...handling,
      Resource: resource,
      Arguments: payload,
      TimeoutSeconds: seconds(1),
      HeartbeatSeconds: seconds(1),
      Credentials: payload,
    },
    required: ['Resource'],
  },
  Parallel: { shape: { ...handling, Arguments: payload, Branches: list(nothing, 1) }, required: ['Branches'] },
  Map: {
    shape: {
      ...handling,
      Items: items,
      ItemSelector: payload,
      ItemBatcher: batcher,
      ItemReader: unsupported,
      ResultWriter: unsupported,
      ItemProcessor: nothing,
      MaxConcurrency: count,
      ToleratedFailureCount: count,
      ToleratedFailurePercentage: orExpression(decimal(0, 100)),
      Label: string,
    },
    required: ['ItemProcessor'],
  },
};

export const MACHINE: Shape = {
  Comment: string,
  QueryLanguage: oneOf('JSONPath', 'JSONata'),
  StartAt: string,
  States: nothing,
  TimeoutSeconds: integer(1, MAX_SECONDS),
  Version: oneOf('1.0'),
};

export const BRANCH: Shape = { Comment: string, StartAt: string, States: nothing };

export const PROCESSOR: Shape = {
  ...BRANCH,
  ProcessorConfig: object({ Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') }),
};

/** Fields of JSONPath mode, refused by name. */
export const JSONPATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'ItemsPath',
  'MaxConcurrencyPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
  'Iterator',
];
