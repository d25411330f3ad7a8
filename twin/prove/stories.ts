import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { ModelTwin } from '../model/model-twin.ts';
import { certificateStories, nextCertificates, prepareCertificates } from './certificate-stories.ts';
import { failoverStories, nextFailover, prepareFailover } from './failover-stories.ts';
import { reconcileStories } from './reconcile-stories.ts';
import { nextRecovery, prepareRecovery, recoveryStories } from './recovery-stories.ts';
import { nextRelease, prepareReleases, releaseStories } from './release-stories.ts';
import { nextRemediation, prepareRemediation, remediationCatalog, remediationStories } from './remediation-stories.ts';
import type { About, Story } from './story.ts';

/** The state of the world before any act, and what is asked for when a story is over: if anything is stuck, it does not end well. */
interface Setting {
  /** The model's own, where none is given. Made for each run: a story may change it. */
  readonly catalog?: () => Catalog;
  prepare(twin: ModelTwin): void;
  readonly next: { act(twin: ModelTwin): void; readonly ends: Story['ends'] };
}

export const settings: Readonly<Record<About, Setting>> = {
  releases: { prepare: prepareReleases, next: nextRelease },
  recovery: { prepare: prepareRecovery, next: nextRecovery },
  failover: { prepare: prepareFailover, next: nextFailover },
  certificates: { prepare: prepareCertificates, next: nextCertificates },
  remediation: { catalog: remediationCatalog, prepare: prepareRemediation, next: nextRemediation },
};

/** The stories whose every call and event is made to fail, one after the other. */
export const stories: readonly Story[] = [
  ...releaseStories,
  ...recoveryStories,
  ...failoverStories,
  ...certificateStories,
  ...remediationStories,
  ...reconcileStories,
];

export const storyNamed = (name: string): Story => {
  const found = stories.find((story) => story.name === name);
  if (!found) throw new Error(`story: "${name}" is unknown; known: ${stories.map((story) => story.name).join(', ')}`);
  return found;
};
