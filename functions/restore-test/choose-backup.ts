import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { DrillPlan, type DrillRequest, drillIdOf, NamedDrillRequest } from '../../lib/contracts/drill.ts';
import { NothingToRestore, OrphanLeft, PointNotRestorable } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { type BackupFacts, chooseBackup as choose } from '../../lib/domain/recovery/choose-backup.ts';
import { drawFor } from '../../lib/domain/recovery/draw.ts';
import { orphansOf } from '../../lib/domain/recovery/orphans.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { openDrills } from '../../lib/runtime/open-drills.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type ChooseNeeds = Needs<'catalogs' | 'databases' | 'backups' | 'drills' | 'ledger' | 'clock'>;

/** More than the longest policy keeps at one backup a day. */
const mostBackups = 1000;

/** What is restored, decided once. Nothing is restored while something of an earlier drill is left. */
export const chooseBackup = step({
  name: 'ChooseBackup',
  input: v.object({ wish: NamedDrillRequest }),
  output: v.object({ plan: DrillPlan, policy: RecoveryPolicy, chosenAt: Instant }),
  async run(ports: ChooseNeeds, { wish }, call) {
    const catalog = await ports.catalogs.current();
    const facts = await factsFor(ports, catalog, wish);
    await assertNoOrphan(ports, catalog);
    const decided = choose(wish, facts);
    if (decided.action === 'refuse') throw refusal(wish, decided);
    const { plan } = decided;
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/planned`,
      kind: 'drill-planned',
      says: `${wish.requestedBy} asked for a drill: ${plan.database} as of ${plan.point} is restored as ${plan.instance}`,
      data: { drill: plan.drill, plan },
    });
    return { plan, policy: facts.policy, chosenAt: ports.clock.now() };
  },
});

const factsFor = async (ports: ChooseNeeds, catalog: Catalog, wish: DrillRequest): Promise<BackupFacts> => {
  const database = findDatabase(catalog, wish.database);
  const [instance, backups] = await Promise.all([
    ports.databases.find(database.instance),
    ports.backups.recent(database.name, mostBackups),
  ]);
  const random = drawFor(drillIdOf(wish.database, wish.requestId));
  return { instance, backups, now: ports.clock.now(), random, policy: recoveryPolicyOf(catalog, database) };
};

/** Errors: `OrphanLeft`. */
const assertNoOrphan = async (ports: ChooseNeeds, catalog: Catalog): Promise<void> => {
  const [instances, open] = await Promise.all([ports.databases.drills(), openDrills(ports, catalog)]);
  const { alarm: orphans } = orphansOf(instances, open, ports.clock.now());
  if (orphans.length === 0) return;
  const told = orphans.map(({ instance, drill }) => `${instance} of drill ${drill}`).join(', ');
  throw new OrphanLeft(`still there: ${told}; nothing is restored beside it`, { orphans });
};

const refusal = ({ database }: DrillRequest, { error, reason }: { error: string; reason: string }) =>
  error === 'PointNotRestorable'
    ? new PointNotRestorable(`${database}: ${reason}`, { database })
    : new NothingToRestore(`${database}: ${reason}`, { database });

export const handler = lambda(chooseBackup, {
  catalogs: bundledCatalogs,
  databases: rdsDatabases,
  backups: dynamoBackups,
  drills: dynamoDrills,
  ledger: dynamoLedger,
  clock: systemClock,
});
