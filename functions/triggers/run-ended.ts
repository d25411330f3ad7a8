import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RunEnded } from '../../lib/contracts/events.ts';
import { redoNameOf, undoNameOf } from '../../lib/contracts/names.ts';
import { endedStatuses } from '../../lib/contracts/release.ts';
import { RollbackInput } from '../../lib/contracts/rollback.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

type EndedNeeds = Needs<'machines' | 'releases' | 'ledger' | 'clock'>;
type Ended = v.InferOutput<typeof RunEnded>['detail'];

/**
 * A run was stopped, timed out or broke before it could look after its own end: a deployment's release is undone, and a
 * rollback that was cut off (with the deployment that waited for it, say) is finished by another.
 */
export const runEnded = trigger({
  name: 'RunEnded',
  event: RunEnded,
  run: (ports: EndedNeeds, { detail }) => {
    const wish = rollbackWish(detail);
    return wish ? finishRollback(ports, detail, wish) : undoRelease(ports, detail);
  },
});

const rollbackWish = ({ input }: Ended): RollbackInput | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RollbackInput), input);
  return parsed.success ? parsed.output : undefined;
};

/** One that failed has said so itself and needs a person; one that was finished once is not finished again. */
const finishRollback = async (
  { machines }: EndedNeeds,
  { name, status }: Ended,
  wish: RollbackInput,
): Promise<void> => {
  const again = redoNameOf(name);
  if (status !== 'FAILED' && again !== name) await machines.start('rollback', again, wish);
};

/** Under the same name as every other undo of the release, so however many ask, it runs once. */
const undoRelease = async ({ machines, releases }: EndedNeeds, { name, status }: Ended): Promise<void> => {
  const release = await releases.find(name);
  if (!release || endedStatuses.includes(release.status)) return;
  const { service, releaseId } = release;
  const failed = { error: `Deployment${status}`, cause: `its run ended as ${status}` };
  const wish = { kind: 'undo', service, releaseId, requestedBy: 'evenkeel', failed };
  await machines.start('rollback', undoNameOf(releaseId), wish);
};

export const handler = lambda(runEnded, {
  machines: sfnMachines,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
