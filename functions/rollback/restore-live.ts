import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { LiveRelease } from '../../lib/contracts/release.ts';
import { UndoPlan, Verified } from '../../lib/contracts/rollback.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** Requests showed that traffic is back: say so in the records, and never let a bad version come again. */
export const restoreLive = step({
  name: 'RestoreLive',
  input: v.object({ undo: UndoPlan, verified: Verified, token: v.number() }),
  output: LiveRelease,
  async run(ports: Needs<'releases' | 'ledger' | 'clock'>, { undo, verified, token }, call) {
    const { service, from, to, foundBad, reason } = undo;
    const live = { ...to, since: verified.verifiedAt };
    await ports.releases.setLive(service, live, token);
    if (foundBad) await ports.releases.markBad(service, from.digest, reason);
    const after =
      verified.timeToSafeMs === null
        ? ''
        : `, ${(verified.timeToSafeMs / 1000).toFixed(1)} s after the first bad bucket`;
    const says = `All of ${verified.requests} requests were answered by ${to.releaseId} in slot ${to.slot}${after}`;
    await record(ports, call, {
      service,
      key: `${call.run}/verified`,
      kind: 'undo-verified',
      says,
      data: { ...verified },
    });
    return live;
  },
});

export const handler = lambda(restoreLive, { releases: dynamoReleases, ledger: dynamoLedger, clock: systemClock });
