import * as v from 'valibot';

/** A moment as stored and sent: ISO 8601 in UTC with milliseconds, e.g. `2026-05-01T10:00:00.000Z`. Sorts as text. */
export const Instant = v.pipe(v.string(), v.isoTimestamp('expected an ISO 8601 instant in UTC'));
export type Instant = string;

export const toMs = (instant: Instant): number => Date.parse(instant);
export const fromMs = (ms: number): Instant => new Date(ms).toISOString();
export const plusSeconds = (instant: Instant, seconds: number): Instant => fromMs(toMs(instant) + seconds * 1000);
export const secondsBetween = (from: Instant, to: Instant): number => (toMs(to) - toMs(from)) / 1000;

/** A moment as others write it, with `Z` or any offset (`+0000` too); read as an `Instant`. */
export const Moment = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))),
  v.number('expected a moment, as 2026-05-01T10:00:00.000+0000'),
  v.transform(fromMs),
  Instant,
);
