import { cidr } from './cidr.ts';
import { numeric } from './numeric.ts';
import { Refused, soleEntry, text, textOrTexts } from './refused.ts';
import { anyOf, ofText, type Scalar, type Test } from './tests.ts';
import { wildcard } from './wildcard.ts';

type MatchTypes = Readonly<Record<string, (operand: unknown) => Test>>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const equalsIgnoreCase = (operand: unknown): Test => {
  const wanted = text('equals-ignore-case', operand).toLowerCase();
  return ofText((value) => value.toLowerCase() === wanted);
};

/** `"a"`, or `{ "equals-ignore-case": "a" }`. */
const affix =
  (name: 'prefix' | 'suffix') =>
  (operand: unknown): Test => {
    const [kind, inner] = isObject(operand) ? soleEntry(operand) : [name, operand];
    if (kind !== name && kind !== 'equals-ignore-case')
      throw new Refused(`Unsupported anything inside ${name}: ${kind}`);
    const fold = kind === name ? (value: string) => value : (value: string) => value.toLowerCase();
    const wanted = fold(text(name, inner));
    if (wanted === '') throw new Refused(`Null ${name} not allowed`);
    return ofText((value) => (name === 'prefix' ? fold(value).startsWith(wanted) : fold(value).endsWith(wanted)));
  };

/** What may stand inside `anything-but`; each also takes a list. */
const negatable: MatchTypes = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
};

/** A text, a number, a list of either, or one of the tests above. The field must be there all the same. */
const anythingBut = (operand: unknown): Test => {
  const refused = isObject(operand) ? negated(operand) : listed(operand);
  return (value) => !refused(value);
};

const negated = (operand: object): Test => {
  const [name, inner] = soleEntry(operand);
  const parse = Object.hasOwn(negatable, name) ? negatable[name] : undefined;
  if (!parse) throw new Refused(`Unsupported anything-but pattern: ${name}`);
  return anyOf(Array.isArray(inner) ? textOrTexts(name, inner).map(parse) : [parse(inner)]);
};

const listed = (operand: unknown): Test => {
  const values: Scalar[] = Array.isArray(operand) ? operand : [operand];
  const kinds = new Set(values.map((value) => typeof value));
  const known = kinds.size === 1 && (kinds.has('string') || kinds.has('number'));
  if (!known) throw new Refused('Inside anything-but, all values must be strings or all must be numbers');
  return (value) => values.includes(value);
};

/** Every match expression but `exists`, which asks about the field and not about its value. */
export const matchTypes: MatchTypes = {
  ...negatable,
  'anything-but': anythingBut,
  numeric,
  cidr,
};
