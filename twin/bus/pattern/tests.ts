/** One value of an event that is neither an object nor a list. */
export type Scalar = string | number | boolean | null;
export type Test = (value: Scalar) => boolean;

/** A test of texts; any other value fails it. */
export const ofText =
  (holds: (value: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && holds(value);

export const anyOf =
  (tests: readonly Test[]): Test =>
  (value) =>
    tests.some((test) => test(value));
