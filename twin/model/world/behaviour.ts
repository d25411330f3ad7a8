/** What an image does once it runs. `errorRate` and `latencyMs` are those of its answers; crashing pods never stay ready. */
export interface Behaviour {
  readonly errorRate: number;
  readonly latencyMs: number;
  readonly startupSeconds: number;
  readonly crashes: boolean;
}

const good: Behaviour = { errorRate: 0, latencyMs: 20, startupSeconds: 6, crashes: false };

/** Images as a test names them: each differs from a good one in one thing. */
export const behaviours = {
  good,
  failing: (errorRate: number): Behaviour => ({ ...good, errorRate }),
  slow: (latencyMs: number): Behaviour => ({ ...good, latencyMs }),
  crashLoop: { ...good, crashes: true } as Behaviour,
};
