import * as v from 'valibot';

/** A whole number from `min` to `max`, both allowed. */
export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer('expected a whole number'),
    v.minValue(min, `expected at least ${min}`),
    v.maxValue(max, `expected at most ${max}`),
  );
