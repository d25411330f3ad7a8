import { randomBytes } from 'node:crypto';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { Digest, ReleaseId } from '../../lib/contracts/names.ts';
import { newRequestId } from '../input/request-id.ts';
import type { Subject } from '../input/run-name.ts';
import { requestDeploy } from '../operations/deploy.ts';
import type { Outcome } from '../operations/outcome.ts';
import { awaitEndOf, awaitFactOf } from './followed.ts';
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

const subjectOf = ({ service }: Stage, { releaseId }: Started): Subject => ({
  service,
  of: 'service',
  name: releaseId,
});

/** Waits for the first fact of that kind in the release's story. */
export const awaitFact = (stage: Stage, started: Started, kind: string): Promise<LedgerEntry> =>
  awaitFactOf(stage, subjectOf(stage, started), kind);

/** Tells the story on the way. */
export const awaitEnd = (stage: Stage, started: Started): Promise<Outcome> =>
  awaitEndOf(stage, subjectOf(stage, started));
