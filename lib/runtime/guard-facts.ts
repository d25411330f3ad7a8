import { resourceKeyOf } from '../contracts/alarm.ts';
import { plusSeconds } from '../contracts/instant.ts';
import type { RemedyWish } from '../contracts/remedy.ts';
import type { Facts } from '../domain/remediation/facts.ts';
import { leaseNameOf } from '../domain/remediation/lease-name-of.ts';
import { rungOf } from '../domain/remediation/rung-of.ts';
import { alarmKeyOf } from '../domain/remediation/same-alarm.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { reading } from './reading.ts';

export type FactNeeds = Needs<'catalogs' | 'incidents' | 'leases' | 'clock'>;
type Reader = Pick<Call, 'log'> & { patient: boolean };
type Guarding = { incident: string; wish: RemedyWish; rung: number };

/** Longer than any window of a guard. */
const lookBackSeconds = 604_800;

/** All that guards ask for, each read by itself: one store that is away leaves the others their word. */
export const readFacts = async (ports: FactNeeds, guarding: Guarding, call: Reader): Promise<Facts> => {
  const { incident, wish, rung } = guarding;
  const { act, resource } = rungOf(wish, rung);
  const now = ports.clock.now();
  const key = resourceKeyOf(resource);
  const since = plusSeconds(now, -lookBackSeconds);
  const { incidents, leases, catalogs } = ports;
  const [catalog, opened, breaker, attempts, changes] = await Promise.all([
    reading(call, 'the catalog', () => catalogs.current()),
    reading(call, 'the incident', () => incidents.find(incident)),
    reading(call, 'the breaker', async () => (await incidents.breaker(key)) ?? null),
    reading(call, 'the attempts', () => incidents.attempts(since)),
    reading(call, 'the changes', () => incidents.changes(wish.change.name, since)),
  ]);
  const holder =
    catalog &&
    (await reading(call, 'the lease', async () => {
      const lease = await leases.current(leaseNameOf(key, act, catalog));
      return lease && lease.holder !== incident && lease.until > now ? lease.holder : null;
    }));
  const section = catalog?.remediation;
  return {
    now,
    incident,
    openedAt: opened?.openedAt,
    playbook: wish.playbook,
    act,
    resource: key,
    policy: section?.guards[wish.playbook.guards],
    freezes: catalog?.freezes,
    maintenance: section?.maintenance,
    ownedByTerraform: section?.ownedByTerraform,
    holder,
    breaker,
    attempts,
    changes: changes?.filter((one) => alarmKeyOf(one) === alarmKeyOf(wish.change)),
  };
};
