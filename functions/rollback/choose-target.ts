import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findService, policyOf } from '../../lib/catalog/find-service.ts';
import { NoSafeTarget } from '../../lib/contracts/failures.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import type { ServiceName } from '../../lib/contracts/names.ts';
import { RollbackInput, TargetChoice } from '../../lib/contracts/rollback.ts';
import { chooseTarget as choose, type UndoFacts } from '../../lib/domain/undo/choose-target.ts';
import { targetChosen } from '../../lib/domain/undo/facts.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { recordIfPossible } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type ChooseNeeds = Needs<'catalogs' | 'releases' | 'leases' | 'ledger' | 'clock'>;

/** How many releases back a person's rollback may look. */
const lookBack = 20;

/** Where traffic goes back to. Reads records only: neither slot is asked how it feels. */
export const chooseTarget = step({
  name: 'ChooseTarget',
  input: v.object({ wish: RollbackInput }),
  output: TargetChoice,
  async run(ports: ChooseNeeds, { wish }, call) {
    const decided = choose(await factsFor(ports, wish));
    if (decided.action === 'refuse') throw new NoSafeTarget(`${wish.service}: ${decided.reason}`, { wish });
    const choice: TargetChoice =
      decided.action === 'undo'
        ? { ...decided, undo: { ...decided.undo, ...(await settingsOf(ports, wish.service)) } }
        : { action: 'none', reason: decided.reason };
    await recordIfPossible(ports, call, targetChosen(call.run, choice, wish.service));
    return choice;
  },
});

const settingsOf = async ({ catalogs }: ChooseNeeds, name: ServiceName) => {
  const catalog = await catalogs.current();
  const service = findService(catalog, name);
  return { floor: service.floor, smokePath: service.smokePath, policy: policyOf(catalog, service) };
};

const factsFor = async (ports: ChooseNeeds, wish: RollbackInput): Promise<UndoFacts> => {
  const lease = await ports.leases.current(leaseOf(wish.service));
  const live = await ports.releases.live(wish.service);
  if (wish.kind === 'undo')
    return { wish, release: await ports.releases.find(wish.releaseId), leaseHolder: lease?.holder, live };
  const recent = await ports.releases.recent(wish.service, lookBack);
  const reasons = await Promise.all(recent.map(({ digest }) => ports.releases.badReason(wish.service, digest)));
  const badDigests = recent.filter((_, index) => reasons[index]).map(({ digest }) => digest);
  return { wish, live, recent, badDigests };
};

export const handler = lambda(chooseTarget, {
  catalogs: bundledCatalogs,
  releases: dynamoReleases,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
