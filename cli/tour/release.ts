import { randomBytes } from 'node:crypto';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { Digest, ReleaseId } from '../../lib/contracts/names.ts';
import { RunUnsettled } from '../failures.ts';
import { newRequestId } from '../input/request-id.ts';
import { requestDeploy } from '../operations/deploy.ts';
import { follow } from '../operations/follow.ts';
import type { Outcome } from '../operations/outcome.ts';
import type { Stage } from './stage.ts';

export type Started = { releaseId: ReleaseId; digest: Digest };

/** Asks for a sample image as a person would. */
export const startRelease = async (stage: Stage, sample: string): Promise<Started> => {
  const plane = await stage.plane();
  const { service } = stage;
  const requestId = newRequestId(plane.ports.clock.now(), randomBytes(2).toString('hex'));
  const wish = await requestDeploy(plane, { service, digest: `@${sample}`, requestedBy: 'tour', requestId });
  stage.tell(`${wish.releaseId} deploys @${sample}`);
  return wish;
};

/** Waits for the first fact of that kind in the run's story. */
export const awaitFact = async (stage: Stage, { releaseId }: Started, kind: string): Promise<LedgerEntry> => {
  for await (const step of followed(stage, releaseId)) {
    if (step.type === 'fact' && step.fact.kind === kind) return step.fact;
  }
  throw new RunUnsettled(`run: "${releaseId}" ended without the fact "${kind}"`, { releaseId, kind });
};

/** Tells the story on the way. */
export const awaitEnd = async (stage: Stage, { releaseId }: Started): Promise<Outcome> => {
  for await (const step of followed(stage, releaseId)) {
    if (step.type === 'fact') stage.tell(step.fact.says);
    if (step.type === 'outcome') return step.outcome;
  }
  throw new RunUnsettled(`run: "${releaseId}" has no end`, { releaseId });
};

async function* followed(stage: Stage, name: ReleaseId) {
  const { service, signal } = stage;
  yield* follow(await stage.plane(), { service, of: 'service', name }, { signal, betweenLooksMs: 100 });
}
