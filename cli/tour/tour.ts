import { twinPlane } from '../control-plane/twin.ts';
import { Interrupted } from '../failures.ts';
import { startUsers } from '../traffic/users.ts';
import { twinCatalogs } from '../twin/catalog.ts';
import type { TwinAddresses, TwinControl } from '../twin/twin-control.ts';
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
  const twin = await options.twin.up(options.tell);
  const stage = await stageOf(options, twin);
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

const stageOf = async (options: TourOptions, { stateDir, addresses }: TwinAddresses): Promise<Stage> => {
  const [service] = (await twinCatalogs.current()).services;
  const address = service && addresses[service.name];
  if (!service || !address) throw new Error('the twin has no service to show');
  const url = `${address}/`;
  const users = startUsers({ url, requestsPerSecond: () => options.usersPerSecond });
  const { twin, tell, signal } = options;
  return { service: service.name, url, users, twin, plane: () => twinPlane(stateDir), tell, signal };
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
