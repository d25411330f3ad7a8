import { expect, test } from '@jest/globals';
import { undoErrorOf } from '../../../lib/domain/watch/undo-error.ts';

const judged = (names: string[], liveFailures = 0) => ({
  verdict: names.length > 0 ? ('unhealthy' as const) : ('error' as const),
  checks: names.map((name) => ({ name, verdict: 'unhealthy' as const, reason: 'so it was seen' })),
  seen: { new: { requests: 100, failures: 10 }, live: { requests: 1000, failures: liveFailures } },
});

test.each([
  ['ReleaseInconclusive', judged([])],
  ['AlarmRaised', judged(['alarms'])],
  ['ReleaseUnhealthy', judged(['sequential'], 300)],
  ['ReleaseUnhealthy', judged(['limit p95Ms', 'limit errorRate'], 300)],
  ['ReleaseUnhealthy', judged(['limit errorRate'], 1)],
  ['LimitBroken', judged(['limit errorRate', 'alarms'], 2)],
])('a watch ends with %s', (error, facts) => {
  expect(undoErrorOf(facts, 0.001)).toBe(error);
});
