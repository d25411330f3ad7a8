import * as v from 'valibot';
import { ServiceName } from '../../../lib/contracts/names.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the program in an image does. All that is not named is done well. */
export const Behaviour = v.strictObject({
  /** Share of requests that are answered with 500; health checks are always answered well. */
  errorPercent: v.optional(v.pipe(count, v.maxValue(100)), 0),
  /** The errors begin after so many requests to a pod, so that a smoke check passes. */
  errorsAfterRequests: v.optional(count, 0),
  /** Added to each answer. */
  delayMs: v.optional(count, 0),
  /** The pod ends by itself so long after it was started; with 0 it never becomes ready. */
  crashesAfterMs: v.optional(count),
  /** The pod ends by itself under its request of this number. */
  crashesAtRequest: v.optional(v.pipe(count, v.minValue(1))),
});
export type Behaviour = v.InferOutput<typeof Behaviour>;

/** The bytes of an image: its digest is the SHA-256 of exactly this, as JSON. */
export const ImageContent = v.strictObject({ repository: ServiceName, tag: v.string(), behaviour: Behaviour });
export type ImageContent = v.InferOutput<typeof ImageContent>;
/** As it is pushed: what is done well need not be said. */
export type NewImage = v.InferInput<typeof ImageContent>;
