import { plusSeconds } from '../../lib/contracts/instant.ts';
import { type Lease, leaseOf } from '../../lib/contracts/lease.ts';
import { type Digest, releaseIdOf, type ServiceName, type Slot } from '../../lib/contracts/names.ts';
import type { LiveRelease } from '../../lib/contracts/release.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { AdoptionRefused } from '../failures.ts';

export type Adoption = { service: ServiceName; slot: Slot; digest: Digest; requestedBy: string; requestId: string };

const leaseSeconds = 60;

/**
 * Records what already runs as the live release, so that later ones have a way back. Rule: success is what was
 * observed, so slot, pods and traffic must say the same as the person. Errors: `AdoptionRefused` with every
 * difference, `ReleaseAlreadyRunning`.
 */
export const adopt = async (plane: ControlPlane, adoption: Adoption): Promise<LiveRelease> => {
  const { ports } = plane;
  const now = ports.clock.now();
  const holder = releaseIdOf(adoption.service, adoption.requestId);
  const lease = await ports.leases.take(leaseOf(adoption.service), holder, plusSeconds(now, leaseSeconds), now);
  try {
    await assertObserved(plane, adoption);
    return await recordLive(plane, adoption, lease);
  } finally {
    await ports.leases.release(lease);
  }
};

const assertObserved = async ({ ports }: ControlPlane, { service, slot, digest }: Adoption): Promise<void> => {
  const [live, state, weights] = await Promise.all([
    ports.releases.live(service),
    ports.cluster.slot(service, slot),
    ports.traffic.weights(service),
  ]);
  const problems = [
    ...(live ? [`"${service}" already has the live release ${live.releaseId}; deploy instead`] : []),
    ...(state.digest === digest ? [] : [`slot ${slot} runs ${state.digest ?? 'nothing'}, not ${digest}`]),
    ...(state.ready > 0 && state.ready >= state.wanted
      ? []
      : [`slot ${slot} has ${state.ready} of ${state.wanted} pods ready`]),
    ...(weights[slot] === 100 ? [] : [`slot ${slot} has ${weights[slot]} % of traffic, not 100 %`]),
  ];
  if (problems.length > 0) throw new AdoptionRefused(`${service}: ${problems.join('; ')}`, { problems });
};

const recordLive = async ({ ports }: ControlPlane, adoption: Adoption, lease: Lease): Promise<LiveRelease> => {
  const { service, slot, digest, requestedBy } = adoption;
  const releaseId = lease.holder;
  const at = ports.clock.now();
  const target = { slot, digest, releaseId };
  await ports.releases.plan({
    ...target,
    service,
    requestedBy,
    status: 'promoted',
    plannedAt: at,
    endedAt: at,
    reason: 'it was running already',
    undo: target,
    run: releaseId,
  });
  const live = { ...target, since: at };
  await ports.releases.setLive(service, live, lease.token);
  const says = `${requestedBy} recorded ${digest} in slot ${slot} as the live release ${releaseId}`;
  await ports.ledger.append({
    service,
    key: `${releaseId}/adopted`,
    kind: 'adopted',
    at,
    run: releaseId,
    says,
    data: { live },
  });
  return live;
};
