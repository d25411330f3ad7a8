import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { Drill } from '../../lib/contracts/drill.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import { abandoned, endAfter } from '../../lib/domain/recovery/abandoned.ts';
import { drillMessage, orphanMessage, strangerMessage } from '../../lib/domain/recovery/messages.ts';
import { type Orphans, orphansOf } from '../../lib/domain/recovery/orphans.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { openDrills } from '../../lib/runtime/open-drills.ts';
import { record } from '../../lib/runtime/record.ts';
import { seal } from '../../lib/runtime/seal.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

type ReapNeeds = Needs<
  'catalogs' | 'databases' | 'drills' | 'evidence' | 'removals' | 'signer' | 'ledger' | 'outbox' | 'clock'
>;
type Reaping = { ports: ReapNeeds; catalog: Catalog; open: readonly Drill[]; call: Call };
type Orphan = Orphans['alarm'][number];

/**
 * The last of a drill's three removers. It knows nothing of runs: what bears a drill's mark and is past its time, or belongs to no
 * open drill, goes. Of a drill whose run did not see its copy gone, it seals and records the end when nothing is left.
 */
export const reapDue = trigger({
  name: 'ReapDue',
  event: ScheduleDue,
  async run(ports: ReapNeeds, _, call) {
    const catalog = await ports.catalogs.current();
    const instances = await ports.databases.drills();
    const [records] = await Promise.allSettled([openDrills(ports, catalog)]);
    const open = records.status === 'fulfilled' ? records.value : undefined;
    const { alarm, over } = orphansOf(instances, open, ports.clock.now());
    const reaping = { ports, catalog, open: open ?? [], call };
    const ended = reaping.open.filter(({ plan }) => over.includes(plan.drill));
    await forEachOf(
      [
        ...alarm.map((orphan) => () => reap(reaping, orphan)),
        ...ended.map((drill) => () => endDrill(reaping, drill)),
        () => assertRead(records),
      ],
      (work) => work(),
    );
  },
});

/** Records that cannot be read keep nothing that is past its time; but somebody must know of it. */
const assertRead = async (records: PromiseSettledResult<unknown>): Promise<void> => {
  if (records.status === 'rejected') throw records.reason;
};

const hourlyUsdOf = (catalog: Catalog, { plan }: Drill): number =>
  recoveryPolicyOf(catalog, findDatabase(catalog, plan.database)).drill.hourlyUsd;

/** Removed and told, each whatever becomes of the other. */
const reap = (reaping: Reaping, orphan: Orphan): Promise<void> =>
  forEachOf([() => reaping.ports.databases.remove(orphan.instance), () => tellOrphan(reaping, orphan)], (work) =>
    work(),
  );

const tellOrphan = async ({ ports, catalog, open, call }: Reaping, { drill, instance }: Orphan): Promise<void> => {
  const known = open.find(({ plan }) => plan.drill === drill);
  const service = known?.plan.database ?? controlPlane;
  const now = ports.clock.now();
  await ports.outbox.enqueue(
    known ? orphanMessage(known, hourlyUsdOf(catalog, known), now) : strangerMessage(service, instance, drill, now),
  );
  await record(ports, call, {
    service,
    key: `${drill}/reaped`,
    kind: 'orphan-reaped',
    says: `${instance} outlived drill ${drill}; it is being removed`,
    data: { drill, instance },
  });
};

/** Rule: no end is on record before it is sealed. One that cannot be sealed stays open, and is tried again the next time. */
const endDrill = async ({ ports, catalog, call }: Reaping, drill: Drill): Promise<void> => {
  const { plan } = drill;
  const now = ports.clock.now();
  const hourlyUsd = hourlyUsdOf(catalog, drill);
  const lost: Drill = { plan, status: 'ended', outcome: abandoned(plan, hourlyUsd, now) };
  const { drill: sealed = lost } = await seal(ports, plan.database, { drill: lost });
  const outcome = endAfter(sealed, hourlyUsd, now);
  await ports.drills.end(plan.drill, outcome);
  await ports.outbox.enqueue(drillMessage(plan, outcome, now));
  await record(ports, call, {
    service: plan.database,
    key: `${plan.drill}/absent`,
    kind: 'drill-abandoned',
    says: `Drill ${plan.drill}: ${outcome.reason}`,
    data: { drill: plan.drill, outcome },
  });
  // Last: one that stays armed finds nothing to remove, and must keep no record open.
  await ports.removals.disarm(plan.drill);
};

export const handler = lambda(reapDue, {
  catalogs: bundledCatalogs,
  databases: rdsDatabases,
  drills: dynamoDrills,
  evidence: s3EvidenceVault,
  removals: schedulerRemovals,
  signer: kmsSigner,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
