import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { undoNameOf } from '../../lib/contracts/names.ts';
import { endedStatuses } from '../../lib/contracts/release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/**
 * A deployment was stopped, timed out or broke before it could look after its own end. Its release is undone under the
 * same name as every other undo of it, so however many ask, it runs once.
 */
export const runEnded = trigger({
  name: 'RunEnded',
  event: RunEnded,
  async run({ machines, releases }: Needs<'machines' | 'releases' | 'ledger' | 'clock'>, { detail }) {
    const release = await releases.find(detail.name);
    if (!release || endedStatuses.includes(release.status)) return;
    const failed = { error: `Deployment${detail.status}`, cause: `its run ended as ${detail.status}` };
    const wish = {
      kind: 'undo',
      service: release.service,
      releaseId: release.releaseId,
      requestedBy: 'evenkeel',
      failed,
    };
    await machines.start('rollback', undoNameOf(release.releaseId), wish);
  },
});

export const handler = lambda(runEnded, {
  machines: sfnMachines,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
