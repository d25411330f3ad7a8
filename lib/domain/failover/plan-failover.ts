import type { Service } from '../../contracts/catalog.ts';
import type { Instance, Snapshot } from '../../contracts/database.ts';
import { drillInstanceOf } from '../../contracts/drill.ts';
import type { FailoverCopy, FailoverPlan, FailoverWish, Witness } from '../../contracts/failover.ts';
import type { FailoverPolicy } from '../../contracts/failover-policy.ts';
import { RegionNotLost, ReplicaUnfit } from '../../contracts/failures.ts';
import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { Database, RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { confirmLoss, momentOfLoss } from './confirm-loss.ts';
import { chooseCopySource, copyIdOf } from './copy-of.ts';

export type FailoverFacts = {
  name: string;
  wish: FailoverWish;
  database: Database;
  failover: FailoverPolicy;
  recovery: RecoveryPolicy;
  services: readonly Service[];
  witnesses: readonly Witness[];
  replica: Instance | undefined;
  snapshots: readonly Snapshot[];
  /** An earlier run made the replica the writer, and came to no good end after that. */
  promotedBefore: boolean;
  now: Instant;
};

/** What a run will do. Errors: `RegionNotLost`, `ReplicaUnfit`, `NothingToRestore`. */
export const planFailover = (facts: FailoverFacts): FailoverPlan => {
  const { name, wish, database, failover, recovery, services, witnesses, now } = facts;
  const { lost, reason } = confirmLoss(witnesses, failover.witnesses);
  if (wish.mode === 'real' && !lost) throw new RegionNotLost(`${database.name}: ${reason}`, { witnesses });
  const replica = fitReplica(facts);
  const copy = wish.mode === 'drill' ? copyFor(facts, replica) : undefined;
  return {
    name,
    database: database.name,
    mode: wish.mode,
    reason: wish.reason,
    requestedBy: wish.requestedBy,
    old: database.instance,
    replica: failover.replica,
    target: copy ? drillInstanceOf(copy.drill) : failover.replica,
    records: copy ? [failover.drillRecord] : failover.records,
    dependants: services
      .filter((service) => database.services.includes(service.name))
      .map(({ name: service, floor }) => ({ service, floor })),
    witnesses: [...witnesses],
    startedAt: now,
    lostAt: wish.mode === 'real' ? momentOfLoss(witnesses, now) : now,
    policy: failover,
    promises: { rpoSeconds: recovery.promises.rpoSeconds, rtoSeconds: recovery.promises.rtoSeconds },
    ...(copy && { copy }),
  };
};

/** Rule: only a copy that follows the database takes its place, or one that did until a failover of ours promoted it. */
const fitReplica = ({ wish, database, failover, replica, promotedBefore }: FailoverFacts): Instance => {
  const unfit = (why: string) =>
    new ReplicaUnfit(`${database.name}: ${failover.replica} ${why}`, { replica: failover.replica });
  if (!replica) throw unfit('does not exist');
  if (replica.status !== 'available' && replica.status !== 'changing') throw unfit(`is ${replica.status}`);
  if (!replica.follows && promotedBefore && wish.mode === 'real') return replica;
  if (!replica.follows) throw unfit(`follows nothing, so it is no copy of ${database.instance}`);
  if (replica.follows.id.split(':').at(-1) !== database.instance)
    throw unfit(`follows ${replica.follows.id}, expected ${database.instance}`);
  return replica;
};

const copyFor = ({ name, database, recovery, snapshots, now }: FailoverFacts, replica: Instance): FailoverCopy => ({
  drill: copyIdOf(database.name, name),
  ...chooseCopySource(replica, database.instance, snapshots),
  sizeClass: recovery.drill.sizeClass,
  hourlyUsd: recovery.drill.hourlyUsd,
  removeBy: plusSeconds(now, recovery.drill.removeAfterSeconds),
});
