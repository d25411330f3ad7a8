import { LeaseLost } from '../contracts/failures.ts';
import type { Attempt } from '../contracts/incident.ts';
import { plusSeconds } from '../contracts/instant.ts';
import type { Lease } from '../contracts/lease.ts';
import type { Acted, RemedyWish } from '../contracts/remedy.ts';
import { chainOf } from '../domain/remediation/chain-of.ts';
import { firstLook, longestLadder } from '../domain/remediation/ladder.ts';
import { leaseNameOf } from '../domain/remediation/lease-name-of.ts';
import type { Needs } from '../ports/index.ts';
import type { Receipt } from '../ports/remediation.ts';
import type { Call } from './call.ts';
import { record } from './record.ts';

type ActNeeds = Needs<'catalogs' | 'leases' | 'ledger' | 'clock'>;
/** Carries it out once, whoever asks again. `lease`: its token fences what is written. */
export type Act = (attempt: Attempt, lease: Lease) => Promise<Receipt>;
type Acting = { incident: string; wish: RemedyWish; attempt: Attempt };

/**
 * Carries an attempt out while the incident holds the resource. Rule: the lease is looked at again just before the effect, and the
 * attempt's id is the stamp, so that two who act at once, and one that is tried again, have one effect.
 */
export const actUnderLease = async (
  ports: ActNeeds,
  act: Act,
  { incident, wish, attempt }: Acting,
  call: Call,
): Promise<Acted> => {
  const lease = await holdResource(ports, incident, wish, attempt);
  const { did, undo } = await act(attempt, lease);
  await record(ports, call, {
    service: chainOf(wish.change),
    key: `${attempt.id}/did`,
    kind: 'remedy-done',
    says: `${incident}, rung ${attempt.rung}: ${did}`,
    data: { attempt: attempt.id, act: attempt.act, did, ...(undo ? { undo } : {}) },
  });
  return { did, lookAt: firstLook(wish.playbook, attempt.rung, ports.clock.now()) };
};

const holdResource = async (
  { catalogs, leases, clock }: ActNeeds,
  incident: string,
  { playbook }: RemedyWish,
  { resource, act }: Attempt,
): Promise<Lease> => {
  const name = leaseNameOf(resource, act, await catalogs.current());
  const now = clock.now();
  const lease = await leases.take(name, incident, plusSeconds(now, longestLadder(playbook)), now);
  const held = await leases.current(name);
  if (held?.token !== lease.token) throw new LeaseLost(name, lease.token, held?.token ?? 0);
  return lease;
};
