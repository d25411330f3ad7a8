import * as v from 'valibot';
import { redoNameOf, undoNameOf } from '../contracts/names.ts';
import { endedStatuses } from '../contracts/release.ts';
import { RollbackInput } from '../contracts/rollback.ts';
import type { RunEnd } from '../contracts/run.ts';
import type { Needs } from '../ports/index.ts';

type EndNeeds = Needs<'machines' | 'releases'>;

/**
 * A run was stopped, timed out or broke before it could look after its own end: a deployment's release is undone, and a
 * rollback that was cut off (with the deployment that waited for it, say) is finished by another.
 */
export const endRelease = (ports: EndNeeds, ended: RunEnd): Promise<void> => {
  const wish = rollbackWish(ended);
  return wish ? finishRollback(ports, ended, wish) : undoRelease(ports, ended);
};

const rollbackWish = ({ input }: RunEnd): RollbackInput | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RollbackInput), input);
  return parsed.success ? parsed.output : undefined;
};

/** One that failed has said so itself and needs a person; one that was finished once is not finished again. */
const finishRollback = async ({ machines }: EndNeeds, { name, status }: RunEnd, wish: RollbackInput): Promise<void> => {
  const again = redoNameOf(name);
  if (status !== 'FAILED' && again !== name) await machines.start('rollback', again, wish);
};

/** Under the same name as every other undo of the release, so however many ask, it runs once. */
const undoRelease = async ({ machines, releases }: EndNeeds, { name, status }: RunEnd): Promise<void> => {
  const release = await releases.find(name);
  if (!release || endedStatuses.includes(release.status)) return;
  const { service, releaseId } = release;
  const failed = { error: `Deployment${status}`, cause: `its run ended as ${status}` };
  const wish = { kind: 'undo', service, releaseId, requestedBy: 'evenkeel', failed };
  await machines.start('rollback', undoNameOf(releaseId), wish);
};
