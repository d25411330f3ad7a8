import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextAttempt } from '../../twin/bus/queue/next-attempt.ts';

const nowMs = 1_000_000;
const policy = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 3600 };
const aDelivery = { acceptedMs: nowMs, failures: 0, faults: 0 };
const failed = { kind: 'failed', error: 'x' } as const;
const fault = { kind: 'fault', error: 'x' } as const;

test.each([
  ['taken', aDelivery, { kind: 'taken' } as const, { kind: 'forget' }],
  ['first failure', aDelivery, failed, { kind: 'retry', atMs: nowMs + 60_000, failures: 1, faults: 0 }],
  [
    'second failure',
    { ...aDelivery, failures: 1 },
    failed,
    { kind: 'retry', atMs: nowMs + 120_000, failures: 2, faults: 0 },
  ],
  ['third failure', { ...aDelivery, failures: 2 }, failed, { kind: 'bury', error: 'x' }],
  ['first fault', aDelivery, fault, { kind: 'retry', atMs: nowMs + 1000, failures: 0, faults: 1 }],
  ['fourth fault', { ...aDelivery, faults: 3 }, fault, { kind: 'retry', atMs: nowMs + 8000, failures: 0, faults: 4 }],
  [
    'late fault',
    { ...aDelivery, faults: 30 },
    fault,
    { kind: 'retry', atMs: nowMs + 300_000, failures: 0, faults: 31 },
  ],
  ['too old', { ...aDelivery, acceptedMs: nowMs - 3_600_000 }, failed, { kind: 'bury', error: 'event too old; x' }],
])('%s', (_, delivery, attempt, next) => {
  expect(nextAttempt(delivery, attempt, policy, nowMs)).toEqual(next);
});

test('whatever the attempts, a delivery ends within its age', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.constantFrom(failed, fault)), (attempts) => {
      let delivery = aDelivery;
      let atMs = nowMs;
      for (const attempt of attempts) {
        const next = nextAttempt(delivery, attempt, policy, atMs);
        if (next.kind !== 'retry') break;
        expect(next.atMs).toBeGreaterThan(atMs);
        atMs = next.atMs;
        delivery = { acceptedMs: nowMs, failures: next.failures, faults: next.faults };
      }
      expect(atMs - nowMs).toBeLessThanOrEqual(3_600_000);
    }),
  );
});
