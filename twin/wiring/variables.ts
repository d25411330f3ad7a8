import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Place } from './parameters.ts';

/** What `${…}` may refer to: the place, the file itself (`self:`), and files beside it. */
export interface VariableSources {
  readonly place: Place;
  readonly root: string;
  readonly self: unknown;
}

const whole = /^\$\{([^{}]+)\}$/;
const inside = /\$\{([^{}]+)\}/g;

/**
 * Replaces serverless variables, deeply: `${opt:stage, 'x'}`, `${sls:stage}`, `${param:x}`, `${self:a.b}`, `${file(path)}`.
 * Source: serverless framework, "Variables". Any other kind is an error that names it: a variable left standing would
 * become a name of something that does not exist.
 */
export const resolveVariables = (value: unknown, sources: VariableSources): unknown => {
  if (typeof value === 'string') return resolveText(value, sources);
  if (Array.isArray(value)) return value.map((item) => resolveVariables(item, sources));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveVariables(item, sources)]));
};

const resolveText = (text: string, sources: VariableSources): unknown => {
  const only = whole.exec(text)?.[1];
  if (only) return resolveVariables(lookUp(only, sources), sources);
  const replaced = text.replace(inside, (_, expression: string) => String(lookUp(expression, sources)));
  return replaced === text ? text : resolveText(replaced, sources);
};

/** The first alternative that has a value, as in `opt:stage, 'production'`. */
const lookUp = (expression: string, sources: VariableSources): unknown => {
  for (const alternative of expression.split(',')) {
    const value = lookUpOne(alternative.trim(), sources);
    if (value !== undefined) return value;
  }
  throw new Error(`serverless.yml: \${${expression}} has no value`);
};

const lookUpOne = (reference: string, { place, root, self }: VariableSources): unknown => {
  const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(reference);
  if (quoted) return quoted[1] ?? quoted[2];
  const file = /^file\(([^)]+)\)$/.exec(reference)?.[1];
  if (file) return parse(readFileSync(join(root, file), 'utf8'));
  const [kind, path = ''] = reference.split(':');
  if (kind === 'opt' || kind === 'sls') return (place as unknown as Record<string, unknown>)[path];
  if (kind === 'param') return paramOf(self, place.stage, path);
  if (kind === 'self') return path.split('.').reduce<unknown>(field, self);
  throw new Error(`serverless.yml: \${${reference}} is of a kind that the twin does not know`);
};

const field = (value: unknown, name: string): unknown => (value as Record<string, unknown> | undefined)?.[name];

/** The stage's own value, or else that of all stages. */
const paramOf = (self: unknown, stage: string, name: string): unknown => {
  const params = field(self, 'params');
  return field(field(params, stage), name) ?? field(field(params, 'default'), name);
};
