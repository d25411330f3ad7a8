import { plusSeconds } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import type { ServiceName, slots } from '../../lib/contracts/names.ts';
import type { LiveRelease } from '../../lib/contracts/release.ts';
import type { Weights } from '../../lib/contracts/routing.ts';
import { bucketStart } from '../../lib/contracts/signals.ts';
import type { SlotState } from '../../lib/contracts/slot-state.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

/** Requests that users sent in the last whole minute. */
export type TrafficCount = { requests: number; failures: number; seconds: number };

export type ServiceStatus = {
  service: ServiceName;
  live: LiveRelease | null;
  /** Who works on it now: a release or a rollback. */
  running: string | null;
  weights: Weights;
  slots: Record<(typeof slots)[number], SlotState>;
  traffic: TrafficCount;
};

const trafficSeconds = 60;

export const serviceStatuses = async ({ ports }: Pick<ControlPlane, 'ports'>): Promise<ServiceStatus[]> => {
  const { services } = await ports.catalogs.current();
  return Promise.all(services.map(({ name }) => statusOf(ports, name)));
};

const statusOf = async (ports: ControlPlane['ports'], service: ServiceName): Promise<ServiceStatus> => {
  const [live, lease, weights, blue, green, traffic] = await Promise.all([
    ports.releases.live(service),
    ports.leases.current(leaseOf(service)),
    ports.traffic.weights(service),
    ports.cluster.slot(service, 'blue'),
    ports.cluster.slot(service, 'green'),
    recentTraffic(ports, service),
  ]);
  return { service, live: live ?? null, running: lease?.holder ?? null, weights, slots: { blue, green }, traffic };
};

const recentTraffic = async (
  { signals, clock }: ControlPlane['ports'],
  service: ServiceName,
): Promise<TrafficCount> => {
  const to = bucketStart(clock.now());
  const buckets = await signals.buckets(service, plusSeconds(to, -trafficSeconds), to);
  const sum = (field: 'requests' | 'failures') => buckets.reduce((total, bucket) => total + bucket[field], 0);
  return { requests: sum('requests'), failures: sum('failures'), seconds: trafficSeconds };
};
