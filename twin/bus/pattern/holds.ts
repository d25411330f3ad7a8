import { type Fields, isLeaf, isObject, type Leaf } from './parse.ts';
import type { Scalar } from './tests.ts';

/** Lists inside lists count as one list. */
const flat = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value.flatMap(flat) : [value];

const scalars = (value: unknown): Scalar[] => flat(value).filter((one): one is Scalar => !isObject(one));

/** A field of something that is no object is absent, just as one of an object without it. */
const objects = (value: unknown): Record<string, unknown>[] => {
  const found = flat(value).filter(isObject);
  return found.length > 0 ? found : [{}];
};

const own = (object: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/**
 * Of a list of objects, one must satisfy all fields by itself: two halves in two elements are no match. Absence,
 * though, is of the whole event. `everywhere`: all values in the event at the same path.
 */
export const holds = (wanted: Fields, value: unknown, everywhere: readonly unknown[]): boolean =>
  objects(value).some(
    (object) =>
      wanted.fields.every(([name, inner]) => {
        const all = everywhere.flatMap(objects).map((one) => own(one, name));
        return isLeaf(inner) ? leafHolds(inner, own(object, name), all) : holds(inner, own(object, name), all);
      }) && wanted.choices.every((alternatives) => alternatives.some((one) => holds(one, object, everywhere))),
  );

const leafHolds = ({ tests, absent }: Leaf, value: unknown, everywhere: readonly unknown[]): boolean =>
  scalars(value).some((found) => tests.some((test) => test(found))) ||
  (absent && everywhere.flatMap(scalars).length === 0);
