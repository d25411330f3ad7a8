import { DeployWish } from '../../lib/contracts/events.ts';
import { type ReleaseId, releaseIdOf } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { assertService, checked } from '../input/checked.ts';
import { readDigest } from '../input/digest.ts';

export type DeployRequest = { service: string; digest: string; requestedBy: string; requestId: string };

/**
 * Asks for a release. Returns once the event was taken; the machine decides the rest, so that CI, chat and this
 * command meet the same judge. Errors: `InputInvalid`, `ServiceUnknown`, `DigestRequired`, `DigestMalformed`.
 */
export const requestDeploy = async (
  plane: ControlPlane,
  request: DeployRequest,
): Promise<DeployWish & { releaseId: ReleaseId }> => {
  await assertService(plane.ports, request.service);
  const digest = await readDigest(plane, request.service, request.digest);
  const wish = checked(DeployWish, { ...request, digest });
  await plane.events.send('DeployRequested', wish);
  return { ...wish, releaseId: releaseIdOf(wish.service, wish.requestId) };
};
