import { setInterval } from 'node:timers';
import { Agent, request } from 'undici';

/** `failed`: no whole answer, or one with a status of 500 or more. `byDigest`: which image answered how often. */
export type Counts = { requests: number; failed: number; byDigest: Readonly<Record<string, number>> };

/** One failed request, for whoever asks why. `at`: epoch milliseconds. */
export type Mishap = { at: number; digest: string; what: string };

export type UsersOptions = {
  url: string;
  /** Asked before each request, so that it can follow the weights. */
  requestsPerSecond: () => number;
};

/** People who use a service: so many requests a second on loopback, whatever becomes of them. */
export interface Users extends AsyncDisposable {
  counts(): Counts;
  mishaps(): readonly Mishap[];
  stop(): Promise<void>;
}

const tickMs = 10;
const answerWithinMs = 10_000;
/** More than this in flight means that nothing answers; sending on would be load, not use. */
const mostInFlight = 500;

export const startUsers = ({ url, requestsPerSecond }: UsersOptions): Users => {
  const dispatcher = new Agent({ connections: 64 });
  const seen = { requests: 0, failed: 0, byDigest: {} as Record<string, number> };
  const mishaps: Mishap[] = [];
  const inFlight = new Set<Promise<void>>();
  const count = (digest: string, what: string | undefined) => {
    seen.requests += 1;
    seen.byDigest[digest] = (seen.byDigest[digest] ?? 0) + 1;
    if (what === undefined) return;
    seen.failed += 1;
    mishaps.push({ at: Date.now(), digest, what });
  };
  const send = async () => {
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher,
        headersTimeout: answerWithinMs,
        bodyTimeout: answerWithinMs,
      });
      await body.dump();
      const digest = String(headers['x-evenkeel-digest'] ?? 'nobody');
      count(digest, statusCode >= 500 ? `status ${statusCode}` : undefined);
    } catch (error) {
      count('nobody', error instanceof Error ? error.message : String(error));
    }
  };
  const timer = steady(requestsPerSecond, () => {
    if (inFlight.size >= mostInFlight) return count('nobody', `${mostInFlight} requests without an answer`);
    const sent = send().finally(() => inFlight.delete(sent));
    inFlight.add(sent);
  });
  const stop = async () => {
    clearInterval(timer);
    await Promise.all(inFlight);
    await dispatcher.close();
  };
  return {
    counts: () => ({ ...seen, byDigest: { ...seen.byDigest } }),
    mishaps: () => mishaps,
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

/** Calls so often on the mean; a late tick makes up for what it missed, up to one second of it. */
const steady = (perSecond: () => number, call: () => void): NodeJS.Timeout => {
  let last = performance.now();
  let due = 0;
  return setInterval(() => {
    const now = performance.now();
    due = Math.min(due + ((now - last) / 1000) * perSecond(), perSecond());
    last = now;
    for (; due >= 1; due -= 1) call();
  }, tickMs);
};

/** What happened between two looks. */
export const countsBetween = (before: Counts, after: Counts): Counts => ({
  requests: after.requests - before.requests,
  failed: after.failed - before.failed,
  byDigest: Object.fromEntries(
    Object.entries(after.byDigest)
      .map(([digest, count]) => [digest, count - (before.byDigest[digest] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  ),
});
