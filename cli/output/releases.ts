import { toMs } from '../../lib/contracts/instant.ts';
import type { Release } from '../../lib/contracts/release.ts';
import { duration } from './duration.ts';
import { statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = ['RELEASE', 'STATUS', 'SLOT', 'IMAGE', 'ASKED BY', 'TOOK', 'SAFE AFTER', 'REASON'];
const reasonLength = 60;

/** Enough of a digest to recognise it by. */
export const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** Empty when there are none. */
export const releasesTable = (releases: readonly Release[], style: Style): string => {
  const rows = releases.map((release) => rowOf(release, style));
  return rows.length === 0 ? '' : table([headings.map((heading) => style.dim(heading)), ...rows]);
};

const rowOf = (release: Release, style: Style): string[] => {
  const { releaseId, status, slot, digest, requestedBy, plannedAt, endedAt, timeToSafeMs, reason = '' } = release;
  const took = endedAt ? duration(toMs(endedAt) - toMs(plannedAt)) : '';
  const safe = timeToSafeMs === undefined ? '' : duration(timeToSafeMs);
  return [releaseId, statusText(status, style), slot, shortDigest(digest), requestedBy, took, safe, shortened(reason)];
};

const shortened = (text: string): string => (text.length > reasonLength ? `${text.slice(0, reasonLength - 1)}…` : text);
