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
/** Of an act that was begun with the tour. */
const aheadEndsWithinMs = 420_000;

/** Starts the twin and its users, runs one act after the other, and says whether all were ok. */
export const runTour = async (options: TourOptions): Promise<boolean> => {
  const stage = await openStage({ ...options, usersPerSecond: () => options.usersPerSecond });
  try {
    return await performAll(stage, options);
  } finally {
    await stage.users.stop();
  }
};

type Performance = Pick<TourOptions, 'acts' | 'signal' | 'tell' | 'began' | 'ended'>;

/** One act after the other, but for those that are begun with the tour: they are waited for when their turn comes. */
export const performAll = async (stage: Stage, options: Performance): Promise<boolean> => {
  const { acts, signal, began, ended } = options;
  const ahead = new Map(acts.filter((act) => act.ahead).map((act) => [act, begun(stage, act, options)]));
  let allOk = true;
  for (const act of acts) {
    began(act);
    const report = await (ahead.get(act)?.() ?? perform(stage, act, signal));
    ended(report);
    allOk = allOk && report.ok;
  }
  return allOk;
};

/** Begins an act, and keeps what it tells until somebody waits for it. */
const begun = (stage: Stage, act: Act, { tell, signal }: Pick<TourOptions, 'tell' | 'signal'>) => {
  const told: string[] = [];
  const quiet = { ...stage, tell: (text: string) => void told.push(text) };
  const report = perform(quiet, act, signal);
  // Whoever waits for it hears of it; a tour that ended before does not.
  report.catch(() => undefined);
  return async (): Promise<ActReport> => {
    const done = await report;
    for (const text of told) tell(text);
    return done;
  };
};

/** An act that breaks off is not ok, and the next one still runs; ctrl-C ends the tour. */
export const perform = async (stage: Stage, act: Act, interrupted: AbortSignal): Promise<ActReport> => {
  const startedAt = performance.now();
  const withinMs = act.ahead ? aheadEndsWithinMs : actEndsWithinMs;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(withinMs)]);
  const { problems, facts } = await act.run({ ...stage, signal }).catch((error): Seen => {
    if (interrupted.aborted) throw new Interrupted('ctrl-C; the tour is over');
    const why = signal.aborted ? `not over within ${withinMs / 1000} s` : String(error);
    return { problems: [why], facts: {} };
  });
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  return { act: act.name, seconds, ok: problems.length === 0, ...facts, problems };
};
