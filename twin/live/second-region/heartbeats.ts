import { slots } from '../../../lib/contracts/names.ts';
import type { Clock } from '../../../lib/ports/clock.ts';
import type { Heartbeats } from '../../../lib/ports/failover.ts';
import type { NodeOperations } from '../cluster/operations.ts';
import type { Ask } from '../control/client.ts';
import { readZone, writeHeartbeat } from './names.ts';

/** Ready pods, and a file of the world for the other region. A database without a second region tells nobody. */
export const liveHeartbeats = (stateDir: string, node: Ask<NodeOperations>, { now }: Clock): Heartbeats => ({
  async healthyTargets(services) {
    const wanted = services.flatMap((service) => slots.map((slot) => ({ service, slot })));
    const ready = await Promise.all(wanted.map((one) => node('ready', one)));
    return ready.flat().length;
  },
  async send(database, healthyTargets) {
    const { databases } = await readZone(stateDir);
    if (databases[database]) await writeHeartbeat(stateDir, database, healthyTargets, now());
  },
});
