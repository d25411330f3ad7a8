import {
  accountArn,
  allow,
  arnOf,
  pascal,
  type Resources,
  type Statement,
  stackName,
  type Value,
} from './cloudformation.ts';
import { grants } from './grants.ts';
import { role } from './role.ts';
import { isTrigger, type ServiceFunction, serviceFunctions } from './service.ts';
import { settings } from './settings.ts';

const adapterImport = /^import \{ (\w+) \} from '\.\.\/\.\.\/lib\/adapters\//gm;

/** The adapters that a function's file hands to the factory; it imports no others (the linter refuses unused imports). */
export const adaptersOf = ({ source }: Pick<ServiceFunction, 'source'>): string[] =>
  [...source.matchAll(adapterImport)].map(([, name]) => name ?? '');

const grantOf = (name: string, file: string) => {
  const grant = grants[name];
  if (grant) return grant;
  throw new Error(`${file} uses the adapter ${name}, which has no entry in serverless/grants.ts`);
};

const settingOf = (setting: string, file: string): Value => {
  const value = settings[setting];
  if (value !== undefined) return value;
  throw new Error(`${file} needs the setting ${setting}, which has no entry in serverless/settings.ts`);
};

const environmentOf = (fn: ServiceFunction): Record<string, Value> => {
  const names = adaptersOf(fn).flatMap((name) => Object.keys(grantOf(name, fn.file).config));
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, settingOf(name, fn.file)]));
};

const traces = allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*');
const logs = (key: string) =>
  allow(
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    accountArn('logs', `log-group:/aws/lambda/${stackName}-${key}:*`),
  );
/** Lambda puts an event that a trigger gave up on into the queue with the trigger's own role. */
const deadLetters = allow(['sqs:SendMessage'], arnOf('EventDeadLetters'));

const statementsOf = (fn: ServiceFunction): Statement[] => [
  logs(fn.key),
  traces,
  ...(isTrigger(fn) ? [deadLetters] : []),
  ...adaptersOf(fn).flatMap((name) => grantOf(name, fn.file).allows),
];

export const roleIdOf = (key: string): string => `${pascal(key)}Role`;

/** By function key: exactly the settings of its adapters. */
export const environments = Object.fromEntries(serviceFunctions.map((fn) => [fn.key, environmentOf(fn)]));

/** One role per function, by logical id. */
export const functionRoles: Resources = Object.fromEntries(
  serviceFunctions.map((fn) => [roleIdOf(fn.key), role({ service: 'lambda.amazonaws.com' }, statementsOf(fn))]),
);
