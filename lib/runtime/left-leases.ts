import type { Catalog } from '../contracts/catalog.ts';
import { plusSeconds } from '../contracts/instant.ts';
import { databaseLeaseOf, failoverDrillLeaseOf, type Lease, leaseOf } from '../contracts/lease.ts';
import type { LeftLease } from '../contracts/reconcile.ts';
import { endedStatuses } from '../contracts/release.ts';
import { type HolderMachine, holderMachine } from '../domain/reconcile/holder-of.ts';
import { isLeft } from '../domain/reconcile/is-left.ts';
import { leaseNameOf } from '../domain/remediation/lease-name-of.ts';
import type { Needs } from '../ports/index.ts';

type LeaseNeeds = Needs<'incidents' | 'leases' | 'releases' | 'runs' | 'clock'>;

/** Longer than any ladder holds a resource. */
const lookBackSeconds = 604_800;

/** Leases of services and databases whose holder is over. */
export const leftByRuns = (ports: LeaseNeeds, { services, databases }: Catalog): Promise<LeftLease[]> =>
  leftOf(ports, [
    ...services.map(({ name }) => leaseOf(name)),
    ...databases.flatMap(({ name }) => [databaseLeaseOf(name), failoverDrillLeaseOf(name)]),
  ]);

/** The same of whatever else playbooks acted on. */
export const leftByRemedies = async (ports: LeaseNeeds, catalog: Catalog): Promise<LeftLease[]> => {
  const acted = await ports.incidents.attempts(plusSeconds(ports.clock.now(), -lookBackSeconds));
  return leftOf(ports, [...new Set(acted.map(({ resource, act }) => leaseNameOf(resource, act, catalog)))]);
};

const leftOf = async (ports: LeaseNeeds, resources: readonly string[]): Promise<LeftLease[]> => {
  const left: LeftLease[] = [];
  for (const resource of resources) {
    const lease = await ports.leases.current(resource);
    if (!lease || !(await isLeftNow(ports, lease))) continue;
    left.push({ kind: 'left-lease', resource, holder: lease.holder, token: lease.token });
  }
  return left;
};

const isLeftNow = async (ports: LeaseNeeds, lease: Lease): Promise<boolean> => {
  const machine = holderMachine(lease);
  if (!machine) return false;
  const run = await ports.runs.find(machine, lease.holder);
  const ended = await hasEnded(ports, machine, lease.holder);
  return isLeft({ lease, machine, run, ended, now: ports.clock.now() });
};

const hasEnded = async ({ incidents, releases }: LeaseNeeds, machine: HolderMachine, holder: string) => {
  if (machine === 'remediation') return (await incidents.find(holder))?.endedAt !== undefined;
  if (machine !== 'deployment') return false;
  const release = await releases.find(holder);
  return release !== undefined && endedStatuses.includes(release.status);
};

/** Rule: only this very lease. Whoever has taken the resource since then has another token. */
export const giveLeftLeaseBack = async (ports: LeaseNeeds, { resource, token }: LeftLease): Promise<boolean> => {
  const lease = await ports.leases.current(resource);
  if (lease?.token !== token || !(await isLeftNow(ports, lease))) return false;
  await ports.leases.release(lease);
  return true;
};
