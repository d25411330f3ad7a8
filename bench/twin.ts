import { rm } from 'node:fs/promises';
import { openStage } from '../cli/tour/open-stage.ts';
import type { Stage } from '../cli/tour/stage.ts';
import { liveTwin } from '../cli/twin/live-twin.ts';
import { newState } from '../cli/twin/new-state.ts';
import type { Bench } from './measurement.ts';

export type TwinOptions = {
  usersPerSecond: () => number;
  /** Writes another catalog than the twin's own to this path. */
  writeCatalog?: (file: string) => Promise<void>;
};

/** Runs a measurement on a twin of its own, which is gone afterwards, whatever happened. */
export const onTwin = async <T>(
  { tell, signal }: Bench,
  { usersPerSecond, writeCatalog }: TwinOptions,
  measure: (stage: Stage) => Promise<T>,
): Promise<T> => {
  const state = newState('bench');
  const catalogFile = `${state}.catalog.yml`;
  await writeCatalog?.(catalogFile);
  const twin = liveTwin(state, writeCatalog && catalogFile);
  try {
    const stage = await openStage({ twin, usersPerSecond, signal, tell });
    await using _users = stage.users;
    return await measure(stage);
  } finally {
    await twin.down({ wipe: true });
    await rm(catalogFile, { force: true });
  }
};
