import * as v from 'valibot';
import type { Store } from '../store/database.ts';

const text = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest));
const routing_key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{32}$/, 'expected 32 letters and digits'));

/** What the Events API v2 takes: https://developer.pagerduty.com/docs/events-api-v2. */
export const PagerEvent = v.variant('event_action', [
  v.object({
    event_action: v.literal('trigger'),
    routing_key,
    dedup_key: text(255),
    payload: v.object({
      summary: text(1024),
      source: text(1024),
      severity: v.picklist(['critical', 'error', 'warning', 'info']),
      timestamp: v.optional(v.pipe(v.string(), v.isoTimestamp())),
      custom_details: v.optional(v.record(v.string(), v.unknown())),
    }),
  }),
  v.object({ event_action: v.picklist(['acknowledge', 'resolve']), routing_key, dedup_key: text(255) }),
]);
export type PagerEvent = v.InferOutput<typeof PagerEvent>;

/** What the double was sent, oldest first, without the keys that people keep secret. */
export type Heard = Omit<PagerEvent, 'routing_key'>;

const Kept = v.pipe(v.string(), v.parseJson(), v.looseObject({ event_action: v.string(), dedup_key: v.string() }));

export const pagerEvents = (store: Store) => ({
  keep: ({ routing_key: _, ...event }: PagerEvent): void =>
    store.write((database) => {
      database.prepare('INSERT INTO pager_events (body) VALUES (?)').run(JSON.stringify(event));
    }),
  all: () =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM pager_events ORDER BY id')
        .all()
        .map(({ body }) => v.parse(Kept, body) as unknown as Heard),
    ),
});
export type PagerEvents = ReturnType<typeof pagerEvents>;
