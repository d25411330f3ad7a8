import type { Service } from '../../../lib/contracts/catalog.ts';
import { type Instant, plusSeconds } from '../../../lib/contracts/instant.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import { type Digest, releaseIdOf, type ServiceName } from '../../../lib/contracts/names.ts';
import type { Release, Target } from '../../../lib/contracts/release.ts';
import type { LivePorts } from '../ports/live-ports.ts';
import { until } from '../process/until.ts';

const seeder = 'evenkeel-seed';
const readyWithinMs = 20_000;
const leaseSeconds = 60;

type Seeded = Pick<Service, 'name' | 'floor'>;

/**
 * The first release of a service, put in place without a machine because there is nothing yet to go back to: slot blue
 * with `floor` pods and all traffic. A service that has a live release is left as it is.
 * Errors: `ReleaseAlreadyRunning`, `DependencyUnavailable`.
 */
export const seedService = async (ports: LivePorts, service: Seeded, digest: Digest): Promise<void> => {
  if (await ports.releases.live(service.name)) return;
  const now = ports.clock.now();
  const lease = await ports.leases.take(leaseOf(service.name), seeder, plusSeconds(now, leaseSeconds), now);
  try {
    await place(ports, service, digest, lease.token);
  } finally {
    await ports.leases.release(lease);
  }
};

const place = async (ports: LivePorts, { name, floor }: Seeded, digest: Digest, token: number): Promise<void> => {
  await ports.cluster.fill(name, 'blue', { digest, replicas: floor }, token);
  await until(`${name}: ${floor} ready pods`, readyWithinMs, async () => {
    const { ready } = await ports.cluster.slot(name, 'blue');
    return ready >= floor;
  });
  await ports.traffic.shift(name, { blue: 100, green: 0 }, token);
  const target: Target = { slot: 'blue', digest, releaseId: releaseIdOf(name, 'seed') };
  const at = ports.clock.now();
  await ports.releases.plan(firstRelease(name, target, at));
  await ports.releases.setLive(name, { ...target, since: at }, token);
};

/** It is its own way back: before it there was nothing. */
const firstRelease = (service: ServiceName, target: Target, at: Instant): Release => ({
  ...target,
  service,
  requestedBy: seeder,
  status: 'promoted',
  plannedAt: at,
  endedAt: at,
  undo: target,
  run: seeder,
});
