import type { Release, ReleaseStatus } from '../../contracts/release.ts';

/** How the release that was taken back ended: users never saw it (`rejected`), or they did and it was brought back. */
export const endOfUndo = (release: Pick<Release, 'status'> | undefined, verified: boolean): ReleaseStatus => {
  if (!verified) return 'failed';
  return release?.status === 'planned' ? 'rejected' : 'undone';
};
