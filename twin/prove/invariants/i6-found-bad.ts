import { slots } from '../../../lib/contracts/names.ts';
import type { LiveRelease } from '../../../lib/contracts/release.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';
import type { Change } from '../../model/changes.ts';
import { service } from '../release-stories.ts';
import { alarmed, type Judged } from './judged.ts';
import type { Report } from './violation.ts';

/** A step that found a version bad said so in these ways. */
const foundBad = ({ task, outcome }: Judged['twin']['said'][number]): boolean =>
  outcome.ok
    ? task === 'Observe' && (outcome.payload as { error?: string }).error === 'ReleaseUnhealthy'
    : outcome.errorType === 'SmokeTestFailed' || outcome.errorType === 'RolloutFailed';

/** Which version the step was asked about. */
const askedAbout = (payload: unknown): string | undefined => {
  const { plan, preparation } = payload as { plan?: { digest: string }; preparation?: { target: { digest: string } } };
  return plan?.digest ?? preparation?.target.digest;
};

/** Versions that any step found bad, whether or not somebody wrote it down. */
const badVersions = ({ twin }: Judged): Set<string | undefined> =>
  new Set(twin.said.filter(foundBad).map(({ payload }) => askedAbout(payload)));

/** At every instant: no change gives traffic, or the name of the live release, to a version that is known to be bad. */
export class NothingBadComesBack {
  #weights: Weights = { blue: 100, green: 0 };
  #seen = 0;

  check({ twin }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) this.#judge(twin, list[this.#seen] as Change, report);
  }

  #judge(twin: Judged['twin'], { resource, value }: Change, report: Report): void {
    const { records, services } = twin.world;
    const isBad = (digest: string | undefined) => records.bad.has(`${service}@${digest}`);
    if (resource === `live/${service}` && isBad((value as LiveRelease).digest))
      report('I6', `a version found bad was promoted: ${(value as LiveRelease).releaseId}`);
    if (resource !== `traffic/${service}`) return;
    const weights = value as Weights;
    for (const slot of slots)
      if (weights[slot] > this.#weights[slot] && isBad(services.get(service).state(slot).digest))
        report('I6', `slot ${slot} got ${weights[slot]} % of traffic with a version found bad`);
    this.#weights = weights;
  }
}

/** At the end: what a step found bad is on record as bad. When the store of releases has gone, somebody is woken. */
export const badIsRemembered = (judged: Judged, report: Report): void => {
  if (judged.gone.has('releases') && alarmed(judged)) return;
  for (const digest of badVersions(judged))
    if (!judged.twin.world.records.bad.has(`${service}@${digest}`))
      report('I6', `${digest?.slice(0, 12)} was found bad, but nobody wrote it down`);
};
