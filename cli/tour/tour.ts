import { Interrupted } from '../failures.ts';
import type { TwinControl } from '../twin/twin-control.ts';
import { openStage } from './open-stage.ts';
import type { Act, Seen, Stage } from './stage.ts';

export type TourOptions = {
  twin: TwinControl;
  acts: readonly Act[];
  usersPerSecond: number;
  signal: AbortSignal;
  tell(text: string): void;
  /** Told before and after each act. */
  began(act: Act): void;
  ended(report: ActReport): void;
};

/** One act's line. `ok` is nothing but the absence of problems. */
export type ActReport = { act: string; seconds: number; ok: boolean; problems: string[] } & Record<string, unknown>;

const actEndsWithinMs = 180_000;

/** Starts the twin and its users, runs one act after the other, and says whether all were ok. */
export const runTour = async (options: TourOptions): Promise<boolean> => {
  const stage = await openStage({ ...options, usersPerSecond: () => options.usersPerSecond });
  try {
    let allOk = true;
    for (const act of options.acts) {
      options.began(act);
      const report = await perform(stage, act, options.signal);
      options.ended(report);
      allOk = allOk && report.ok;
    }
    return allOk;
  } finally {
    await stage.users.stop();
  }
};

/** An act that breaks off is not ok, and the next one still runs; ctrl-C ends the tour. */
export const perform = async (stage: Stage, act: Act, interrupted: AbortSignal): Promise<ActReport> => {
  const startedAt = performance.now();
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(actEndsWithinMs)]);
  const { problems, facts } = await act.run({ ...stage, signal }).catch((error): Seen => {
    if (interrupted.aborted) throw new Interrupted('ctrl-C; the tour is over');
    const why = signal.aborted ? `not over within ${actEndsWithinMs / 1000} s` : String(error);
    return { problems: [why], facts: {} };
  });
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  return { act: act.name, seconds, ok: problems.length === 0, ...facts, problems };
};
