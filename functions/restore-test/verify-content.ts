import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findDatabase } from '../../lib/catalog/find-database.ts';
import type { Backup, BackupId } from '../../lib/contracts/backup.ts';
import { type TableName, TableReading } from '../../lib/contracts/content.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { Verified } from '../../lib/contracts/drill-end.ts';
import { type Database, RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { reasonIn } from '../../lib/domain/recovery/end-of-drill.ts';
import { type FirstReading, judgeContent, judgeFirst } from '../../lib/domain/recovery/judge-content.ts';
import { type Manifests, manifestsOf, needsProduction } from '../../lib/domain/recovery/manifests.ts';
import { contentJudged, firstJudged } from '../../lib/domain/recovery/verdict-facts.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type VerifyNeeds = Needs<'catalogs' | 'backups' | 'drills' | 'contents' | 'ledger' | 'clock'>;

/** The function may run for fifteen minutes. A table that is begun in the first half has the second half at least. */
const enoughMs = 450_000;

/**
 * Reads the copy and judges it. What is cheap is judged first and written down, before any table is read whole. When the time of one
 * call is not enough, it gives what it has read so far, and is called again with that.
 */
export const verifyContent = step({
  name: 'VerifyContent',
  input: v.object({
    plan: DrillPlan,
    policy: RecoveryPolicy,
    /** What kept production from being read, where a moment has no backup after it. */
    unread: v.nullable(Failed),
    readings: v.array(TableReading),
    /** Above 0 a call like this one failed: then one table is read for each call, so that a large one has all of it. */
    attempt: v.number(),
  }),
  output: v.object({
    readings: v.array(TableReading),
    verified: v.nullable(Verified),
  }),
  async run(ports: VerifyNeeds, { plan, policy, unread, readings, attempt }, call) {
    const database = findDatabase(await ports.catalogs.current(), plan.database);
    const manifests = await manifestsFor(ports, plan);
    const facts = {
      plan,
      policy,
      manifests,
      churning: database.churning ?? [],
      ...(unread && { unread: reasonIn(unread) }),
    };
    const first = await readFirst(ports, plan, database);
    await record(ports, call, firstJudged(call.run, plan, judgeFirst(facts, first)));
    const left = first.tableNames.filter((name) => !readings.some(({ table }) => table === name));
    const read = [...readings, ...(await readTables(ports, plan, left, attempt, call))];
    if (read.length < readings.length + left.length) return { readings: read, verified: null };
    const checks = judgeContent(facts, first, read);
    await record(ports, call, contentJudged(call.run, plan, checks));
    const newestSentinel = first.sentinels.newest?.at;
    const verified = { checks, verifiedAt: ports.clock.now(), ...(newestSentinel && { newestSentinel }) };
    return { readings: [], verified };
  },
});

const manifestsFor = async ({ backups, drills }: VerifyNeeds, plan: DrillPlan): Promise<Manifests> => {
  const found = async (id: BackupId | undefined): Promise<Backup | undefined> => (id ? backups.find(id) : undefined);
  const [proves, before, after] = [await found(plan.proves), await found(plan.before), await found(plan.after)];
  const production = needsProduction(plan) ? await drills.production(plan.drill) : undefined;
  return manifestsOf({
    ...(proves && { proves }),
    ...(before && { before }),
    ...(after && { after }),
    ...(production && { production }),
  });
};

const readFirst = async (
  { contents }: VerifyNeeds,
  { instance }: DrillPlan,
  { invariants: asked }: Database,
): Promise<FirstReading> => {
  const outline = await contents.outline(instance);
  const tableNames = await contents.tables(instance);
  const sentinels = await contents.sentinels(instance);
  return { ...outline, tableNames, sentinels, invariants: await contents.invariants(instance, asked) };
};

const readTables = async (
  { contents }: VerifyNeeds,
  { instance }: DrillPlan,
  left: readonly TableName[],
  attempt: number,
  call: Call,
): Promise<TableReading[]> => {
  const read: TableReading[] = [];
  for (const table of left) {
    if (read.length > 0 && (attempt > 0 || call.remainingMs() < enoughMs)) break;
    read.push(await contents.table(instance, table));
  }
  return read;
};

export const handler = lambda(verifyContent, {
  catalogs: bundledCatalogs,
  backups: dynamoBackups,
  drills: dynamoDrills,
  contents: postgresContents,
  ledger: dynamoLedger,
  clock: systemClock,
});
