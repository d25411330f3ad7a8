import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { regionWitnesses } from '../../lib/adapters/failover/witnesses.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { FailoverPlan, FailoverWish } from '../../lib/contracts/failover.ts';
import type { FailoverPolicy } from '../../lib/contracts/failover-policy.ts';
import { FailoverUnplanned } from '../../lib/contracts/failures.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { failoverPlanned, witnessesHeard } from '../../lib/domain/failover/facts.ts';
import { type FailoverFacts, planFailover } from '../../lib/domain/failover/plan-failover.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { findFact } from '../../lib/runtime/find-fact.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type ConfirmNeeds = Needs<'catalogs' | 'witnesses' | 'databases' | 'ledger' | 'clock'>;

/** Asks all witnesses, keeps what they say, and plans. A drill asks them too, and goes on whatever they say. */
export const confirmLoss = step({
  name: 'ConfirmLoss',
  input: v.object({ name: v.string(), wish: FailoverWish }),
  output: FailoverPlan,
  async run(ports: ConfirmNeeds, { name, wish }, call) {
    const subject = subjectOf(await ports.catalogs.current(), wish);
    const witnesses = await ports.witnesses.ask(wish.database);
    await record(ports, call, witnessesHeard(call.run, wish.database, witnesses));
    const [replica, snapshots] = await Promise.all([
      ports.databases.find(subject.failover.replica),
      wish.mode === 'drill' ? ports.databases.snapshots(subject.database.instance) : [],
    ]);
    const promotedBefore =
      replica?.follows === undefined && (await wasPromoted(ports, wish.database, subject.failover));
    const now = ports.clock.now();
    const plan = planFailover({ name, wish, ...subject, witnesses, replica, snapshots, promotedBefore, now });
    await record(ports, call, failoverPlanned(call.run, plan));
    return plan;
  },
});

/** Asked only when the replica follows nothing any more, so that a run that came to no good end can be repeated. */
const wasPromoted = async (ports: ConfirmNeeds, database: string, { replica }: FailoverPolicy): Promise<boolean> => {
  const isOurs = ({ kind, data }: LedgerEntry) => kind === 'replica-promoted' && data.replica === replica;
  return (await findFact(ports, database, isOurs)) !== undefined;
};

type Subject = Pick<FailoverFacts, 'database' | 'failover' | 'recovery' | 'services'>;

/** Errors: `DatabaseUnknown`, `FailoverUnplanned`. */
const subjectOf = (catalog: Catalog, { database: name }: FailoverWish): Subject => {
  const database = findDatabase(catalog, name);
  const { failover } = database;
  if (!failover)
    throw new FailoverUnplanned(`database: "${name}" has no second region; add its failover section to the catalog`, {
      database: name,
    });
  return { database, failover, recovery: recoveryPolicyOf(catalog, database), services: catalog.services };
};

export const handler = lambda(confirmLoss, {
  catalogs: bundledCatalogs,
  witnesses: regionWitnesses,
  databases: rdsDatabases,
  ledger: dynamoLedger,
  clock: systemClock,
});
