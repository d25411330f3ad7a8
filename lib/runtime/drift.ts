import type { Catalog } from '../contracts/catalog.ts';
import { leaseOf } from '../contracts/lease.ts';
import type { Drift } from '../contracts/reconcile.ts';
import { driftFact, driftMessage, driftOf, type SeenDrift } from '../domain/reconcile/drift.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { record } from './record.ts';

type DriftNeeds = Needs<'leases' | 'releases' | 'traffic' | 'clock'>;

/** Services whose traffic is elsewhere than on the release that is on record as live. */
export const findDrifts = async (ports: DriftNeeds, { services }: Catalog): Promise<Drift[]> => {
  const drifts: Drift[] = [];
  for (const { name: service } of services)
    if (await seenDrift(ports, service)) drifts.push({ kind: 'drift', service });
  return drifts;
};

const seenDrift = async (
  { leases, releases, traffic, clock }: DriftNeeds,
  service: string,
): Promise<SeenDrift | undefined> => {
  const before = await releases.live(service);
  // Nothing was ever deployed.
  if (!before) return undefined;
  const weights = await traffic.weights(service);
  const lease = await leases.current(leaseOf(service));
  return driftOf({ before, weights, lease, after: await releases.live(service), now: clock.now() });
};

/** Looked at twice before people are told: the first time may have met the end of a release. */
export const tellDrift = async (
  ports: DriftNeeds & Needs<'ledger' | 'outbox'>,
  { service }: Drift,
  call: Call,
): Promise<boolean> => {
  const drift = await seenDrift(ports, service);
  if (!drift) return false;
  await ports.outbox.enqueue(driftMessage(service, drift, ports.clock.now()));
  await record(ports, call, { ...driftFact(service, drift) });
  return true;
};
