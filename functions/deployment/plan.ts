import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findService, policyOf } from '../../lib/catalog/find-service.ts';
import { DeployWish } from '../../lib/contracts/events.ts';
import { NothingLive } from '../../lib/contracts/failures.ts';
import { Plan } from '../../lib/contracts/release.ts';
import { planRelease, releaseOf } from '../../lib/domain/release/plan-release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Decides slots, policy and the way back, once. Later changes to the catalog do not bend a running release. */
export const plan = step({
  name: 'Plan',
  input: v.object({ wish: DeployWish }),
  output: Plan,
  async run(ports: Needs<'catalogs' | 'releases' | 'ledger' | 'clock'>, { wish }, call) {
    const catalog = await ports.catalogs.current();
    const service = findService(catalog, wish.service);
    const live = await ports.releases.live(wish.service);
    if (!live) throw new NothingLive(wish.service);
    const plan = planRelease({ wish, service, policy: policyOf(catalog, service), live, now: ports.clock.now() });
    await ports.releases.plan(releaseOf(plan, call.run));
    const says = `${plan.requestedBy} asked for ${plan.digest} in slot ${plan.idleSlot}; the way back is ${plan.live.releaseId} in slot ${plan.live.slot}`;
    await record(ports, call, {
      service: plan.service,
      key: `${plan.releaseId}/planned`,
      kind: 'planned',
      says,
      data: { plan },
    });
    return plan;
  },
});

export const handler = lambda(plan, {
  catalogs: bundledCatalogs,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
