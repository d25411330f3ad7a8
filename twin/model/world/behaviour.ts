/**
 * What an image does once it runs. `errorRate` is that of users' requests and `probeErrorRate` that of the smoke path: a
 * page may fail while the health page is fine. Crashing pods never stay ready.
 */
export interface Behaviour {
  readonly errorRate: number;
  readonly probeErrorRate: number;
  readonly latencyMs: number;
  readonly startupSeconds: number;
  readonly crashes: boolean;
}

const good: Behaviour = { errorRate: 0, probeErrorRate: 0, latencyMs: 20, startupSeconds: 6, crashes: false };

/** Images as a test names them: each differs from a good one in one thing. */
export const behaviours = {
  good,
  failing: (errorRate: number): Behaviour => ({ ...good, errorRate }),
  failingProbes: (probeErrorRate: number): Behaviour => ({ ...good, errorRate: probeErrorRate, probeErrorRate }),
  slow: (latencyMs: number): Behaviour => ({ ...good, latencyMs }),
  crashLoop: { ...good, crashes: true } as Behaviour,
};
