import { rm } from 'node:fs/promises';
import { twinPlane } from '../cli/control-plane/twin.ts';
import type { Stage } from '../cli/tour/stage.ts';
import { startUsers } from '../cli/traffic/users.ts';
import { twinCatalogs } from '../cli/twin/catalog.ts';
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
    const { addresses } = await twin.up(tell);
    const [service] = (await twinCatalogs.current()).services;
    const address = service && addresses[service.name];
    if (!service || !address) throw new Error('the twin has no service to measure');
    const url = `${address}/`;
    await using users = startUsers({ url, requestsPerSecond: usersPerSecond });
    return await measure({ service: service.name, url, users, twin, plane: () => twinPlane(state), tell, signal });
  } finally {
    await twin.down({ wipe: true });
    await rm(catalogFile, { force: true });
  }
};
