import { type DrillId, type DrillRequest, drillIdOf } from '../../lib/contracts/drill.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { assertDatabase } from '../input/database.ts';

/** Asks for a drill. Returns once the event was taken; the machine chooses and judges. Errors: `DatabaseUnknown`. */
export const requestDrill = async (
  plane: Pick<ControlPlane, 'ports' | 'events'>,
  wish: DrillRequest,
): Promise<DrillRequest & { name: DrillId }> => {
  await assertDatabase(plane.ports, wish.database);
  await plane.events.send('DrillRequested', wish);
  return { ...wish, name: drillIdOf(wish.database, wish.requestId) };
};
