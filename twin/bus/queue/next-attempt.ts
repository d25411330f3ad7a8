import type { Attempt, Delivery, RetryPolicy } from './delivery.ts';

export type Next =
  | { kind: 'forget' }
  | { kind: 'retry'; atMs: number; failures: number; faults: number }
  | { kind: 'bury'; error: string };

/** Before the second and the third attempt. Source: Lambda developer guide, "Error handling for asynchronous invocation". */
export const lambdaRetryWaitsMs: readonly number[] = [60_000, 120_000];
const longestFaultWaitMs = 300_000;

/** Rule: an event that waited longer than its function allows is kept, not acted upon: nobody expects it any more. */
export const isTooOld = (
  { acceptedMs }: Pick<Delivery, 'acceptedMs'>,
  { maximumEventAgeSeconds }: RetryPolicy,
  atMs: number,
): boolean => atMs > acceptedMs + maximumEventAgeSeconds * 1000;

type Tally = Pick<Delivery, 'acceptedMs' | 'failures' | 'faults'>;

/**
 * What follows from an attempt, by Lambda's rules: errors of the function are retried as often as it allows, after
 * fixed waits; faults of the platform after 1 s, doubled up to 5 min; and nothing beyond the event's age.
 */
export const nextAttempt = (
  delivery: Tally,
  attempt: Attempt,
  policy: RetryPolicy,
  nowMs: number,
  retryWaitsMs: readonly number[] = lambdaRetryWaitsMs,
): Next => {
  if (attempt.kind === 'taken') return { kind: 'forget' };
  const { error } = attempt;
  const { failures, faults } = delivery;
  const failed = attempt.kind === 'failed';
  if (failed && failures >= policy.maximumRetryAttempts) return { kind: 'bury', error };
  const waitMs = failed
    ? (retryWaitsMs[failures] ?? retryWaitsMs.at(-1) ?? 0)
    : Math.min(1000 * 2 ** faults, longestFaultWaitMs);
  const atMs = nowMs + waitMs;
  if (isTooOld(delivery, policy, atMs)) return { kind: 'bury', error: `event too old; ${error}` };
  return { kind: 'retry', atMs, failures: failures + (failed ? 1 : 0), faults: faults + (failed ? 0 : 1) };
};
