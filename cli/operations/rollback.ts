import { RollbackWish } from '../../lib/contracts/events.ts';
import { rollbackNameOf } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { assertService, checked } from '../input/checked.ts';

export type RollbackRequest = { service: string; reason: string; requestedBy: string; requestId: string };

/** Asks for the last good release, also while another is being deployed. Errors: `InputInvalid`, `ServiceUnknown`. */
export const requestRollback = async (
  plane: ControlPlane,
  request: RollbackRequest,
): Promise<RollbackWish & { name: string }> => {
  await assertService(plane.ports, request.service);
  const wish = checked(RollbackWish, request);
  await plane.events.send('RollbackRequested', wish);
  return { ...wish, name: rollbackNameOf(wish.service, wish.requestId) };
};
