import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ReleaseFoundBad } from '../../lib/contracts/failures.ts';
import { LiveRelease, Plan } from '../../lib/contracts/release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** All traffic is on the new slot and healthy: from now on it is the live release. A version found bad never gets here. */
export const promote = step({
  name: 'Promote',
  input: v.object({ plan: Plan, token: v.number() }),
  output: LiveRelease,
  async run(ports: Needs<'releases' | 'ledger' | 'clock'>, { plan, token }, call) {
    const { service, releaseId, digest, idleSlot: slot } = plan;
    const badReason = await ports.releases.badReason(service, digest);
    if (badReason) throw new ReleaseFoundBad(`digest: ${digest} was found bad: ${badReason}`, { service, digest });
    const live = { releaseId, slot, digest, since: ports.clock.now() };
    await ports.releases.advance(releaseId, { status: 'baking' });
    await ports.releases.setLive(service, live, token);
    const says = `${releaseId} is live in slot ${slot}; it bakes for ${plan.policy.bakeSeconds} s with the old slot kept warm`;
    await record(ports, call, { service, key: `${releaseId}/promoted`, kind: 'promoted', says, data: { live } });
    return live;
  },
});

export const handler = lambda(promote, { releases: dynamoReleases, ledger: dynamoLedger, clock: systemClock });
