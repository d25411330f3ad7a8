import { randomBytes } from 'node:crypto';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { Host } from '../host.ts';
import { newRequestId } from '../input/request-id.ts';

export type WishOptions = { as?: string; requestId?: string };

export const asOption = ['--as <actor>', 'who asks (default: the user of this machine)'] as const;
export const requestIdOption = [
  '--request-id <id>',
  'the same id twice is the same wish (default: a new one)',
] as const;

/** Who asks, and under which id. */
export const wishOf = (host: Host, { ports }: ControlPlane, { as, requestId }: WishOptions) => ({
  requestedBy: as ?? host.user(),
  requestId: requestId ?? newRequestId(ports.clock.now(), randomBytes(2).toString('hex')),
});
