import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor, ServiceName } from './names.ts';

/** Which call: `key` is the same for the same step of the same incident, whoever makes it and how often. `rota`: whose pager it is. */
export const CallKey = v.object({ key: v.string(), rota: v.string() });
export type CallKey = v.InferOutput<typeof CallKey>;

/** A person is called. */
export const PagerCall = v.object({
  ...CallKey.entries,
  person: Actor,
  /** What it is about, as `service/shop`. */
  resource: v.string(),
  service: ServiceName,
  subject: v.string(),
  body: v.string(),
  at: Instant,
});
export type PagerCall = v.InferOutput<typeof PagerCall>;
