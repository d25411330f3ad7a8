import { expect, test } from '@jest/globals';
import { undoErrorOf } from '../../../lib/domain/watch/undo-error.ts';

const check = (name: string, verdict: 'healthy' | 'unhealthy') => ({ name, verdict, reason: 'seen' });
const seen = { new: { requests: 100, failures: 20 }, live: { requests: 1000, failures: 0 } };
const failing = { ...seen, live: { requests: 1000, failures: 100 } };
const tolerated = 0.001;

test.each([
  ['the comparison with the live slot', ['sequential'], seen, 'ReleaseUnhealthy'],
  ['the comparison and an alarm', ['sequential', 'alarms'], failing, 'ReleaseUnhealthy'],
  ['its own latency', ['limit p95Ms'], failing, 'ReleaseUnhealthy'],
  ['an error rate over the limit while the live slot is well', ['limit errorRate'], seen, 'ReleaseUnhealthy'],
  ['an error rate over the limit while the live slot fails too', ['limit errorRate'], failing, 'LimitBroken'],
  ['an alarm alone', ['alarms'], seen, 'AlarmRaised'],
])('%s', (_, against, counted, expected) => {
  const checks = [check('series', 'healthy'), ...against.map((name) => check(name, 'unhealthy'))];
  expect(undoErrorOf({ verdict: 'unhealthy', checks, seen: counted }, tolerated)).toBe(expected);
});

test('a watch that could not tell has found nothing', () => {
  expect(undoErrorOf({ verdict: 'inconclusive', checks: [], seen }, tolerated)).toBe('ReleaseInconclusive');
});
