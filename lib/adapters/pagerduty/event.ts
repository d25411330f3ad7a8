import type { CallKey, PagerCall } from '../../contracts/pager.ts';

/** PagerDuty's own limits, in characters. */
const longestSummary = 1024;
const longestBody = 2000;

export type Sent = {
  routing_key: string;
  event_action: 'trigger' | 'acknowledge' | 'resolve';
  dedup_key: string;
  payload?: object;
  client?: string;
};

/** As the Events API v2 wants it: one alert for each key. */
export const triggerOf = (routing_key: string, call: PagerCall): Sent => ({
  routing_key,
  event_action: 'trigger',
  dedup_key: call.key,
  client: 'Evenkeel',
  payload: {
    summary: call.subject.slice(0, longestSummary),
    source: call.resource,
    severity: 'critical',
    timestamp: call.at,
    component: call.service,
    group: call.rota,
    class: 'incident',
    custom_details: { person: call.person, says: call.body.slice(0, longestBody) },
  },
});

export const changeOf = (routing_key: string, event_action: 'acknowledge' | 'resolve', { key }: CallKey): Sent => ({
  routing_key,
  event_action,
  dedup_key: key,
});
