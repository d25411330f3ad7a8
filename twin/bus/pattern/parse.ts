import { matchTypes } from './match-types.ts';
import { Refused, soleEntry } from './refused.ts';
import type { Scalar, Test } from './tests.ts';

/** What the values of one field must be: one of `tests` holds for one of them, or (`absent`) there is none. */
export type Leaf = { readonly tests: readonly Test[]; readonly absent: boolean };
/** All of `fields` hold, and of each list in `choices` one does. */
export type Fields = {
  readonly fields: readonly (readonly [name: string, wanted: Leaf | Fields])[];
  readonly choices: readonly (readonly Fields[])[];
};
type Report = (path: readonly string[], problem: string) => void;

export const isLeaf = (wanted: Leaf | Fields): wanted is Leaf => 'tests' in wanted;
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A pattern as a tree of tests. Each thing that EventBridge would refuse is reported with the path to it. */
export const parseFields = (pattern: unknown, path: readonly string[], report: Report): Fields => {
  const entries = isObject(pattern) ? Object.entries(pattern) : [];
  if (!isObject(pattern)) report(path, 'must be an object');
  else if (entries.length === 0) report(path, 'Empty objects are not allowed');
  return {
    fields: entries.filter(([name]) => name !== '$or').map(([name, value]) => field(name, value, path, report)),
    choices: entries.filter(([name]) => name === '$or').map(([, value]) => choice(value, [...path, '$or'], report)),
  };
};

const field = (name: string, value: unknown, parent: readonly string[], report: Report) => {
  const path = [...parent, name];
  if (isObject(value)) return [name, parseFields(value, path, report)] as const;
  if (Array.isArray(value)) return [name, leaf(value, path, report)] as const;
  report(path, 'must be an object or an array');
  return [name, { tests: [], absent: false }] as const;
};

const choice = (value: unknown, path: readonly string[], report: Report): Fields[] => {
  const alternatives = Array.isArray(value) ? value : [];
  if (alternatives.length < 2) report(path, 'There must be at least 2 objects in an $or relationship');
  return alternatives.map((one, index) => parseFields(one, [...path, String(index)], report));
};

const leaf = (values: unknown[], path: readonly string[], report: Report): Leaf => {
  if (values.length === 0) report(path, 'Empty arrays are not allowed');
  const tests: Test[] = [];
  for (const value of values) {
    try {
      if (!isAbsence(value)) tests.push(testOf(value));
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      report(path, problem.message);
    }
  }
  return { tests, absent: values.some(isAbsence) };
};

const isAbsence = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && value.exists === false;

const testOf = (value: unknown): Test => {
  if (isObject(value)) return expression(...soleEntry(value));
  if (Array.isArray(value)) throw new Refused('Match value must be String, number, true, false, or null');
  return (found: Scalar) => found === value;
};

const expression = (name: string, operand: unknown): Test => {
  if (name === 'exists') return presence(operand);
  const parse = Object.hasOwn(matchTypes, name) ? matchTypes[name] : undefined;
  if (!parse) throw new Refused(`Unrecognized match type ${name}`);
  return parse(operand);
};

const presence = (operand: unknown): Test => {
  if (operand !== true) throw new Refused('exists match pattern must be either true or false');
  return () => true;
};
