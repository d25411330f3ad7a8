import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { endRelease } from '../../lib/runtime/end-release.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A deployment or a rollback ended badly. When this never comes, the reconciler does what it would have done. */
export const runEnded = trigger({
  name: 'RunEnded',
  event: RunEnded,
  run: (ports: Needs<'machines' | 'releases' | 'ledger' | 'clock'>, { detail }) => endRelease(ports, detail),
});

export const handler = lambda(runEnded, {
  machines: sfnMachines,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
