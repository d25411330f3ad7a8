import { ReconcileWish, reconcileNameOf } from '../../lib/contracts/reconcile.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { checked } from '../input/checked.ts';

/** Asks for a look at what was lost. Returns once the event was taken. Errors: `InputInvalid`. */
export const requestReconcile = async (
  { events }: Pick<ControlPlane, 'events'>,
  request: object,
): Promise<ReconcileWish & { name: string }> => {
  const wish = checked(ReconcileWish, request);
  await events.send('ReconcileRequested', wish);
  return { ...wish, name: reconcileNameOf(wish.requestId) };
};
