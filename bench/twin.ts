import { twinPlane } from '../cli/control-plane/twin.ts';
import type { Stage } from '../cli/tour/stage.ts';
import { startUsers } from '../cli/traffic/users.ts';
import { twinCatalogs } from '../cli/twin/catalog.ts';
import { liveTwin } from '../cli/twin/live-twin.ts';
import { newState } from '../cli/twin/new-state.ts';
import type { Bench } from './measurement.ts';

/** Runs a measurement on a twin of its own, which is gone afterwards, whatever happened. */
export const onTwin = async <T>(
  { tell, signal }: Bench,
  usersPerSecond: () => number,
  measure: (stage: Stage) => Promise<T>,
): Promise<T> => {
  const state = newState('bench');
  const twin = liveTwin(state);
  try {
    const { addresses } = await twin.up(tell);
    const [service] = (await twinCatalogs.current()).services;
    const address = service && addresses[service.name];
    if (!service || !address) throw new Error('the twin has no service to measure');
    const url = `${address}/`;
    const users = startUsers({ url, requestsPerSecond: usersPerSecond });
    try {
      return await measure({ service: service.name, url, users, twin, plane: () => twinPlane(state), tell, signal });
    } finally {
      await users.stop();
    }
  } finally {
    await twin.down({ wipe: true });
  }
};
