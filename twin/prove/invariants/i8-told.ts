import { endedStatuses } from '../../../lib/contracts/release.ts';
import { alarmed, type Judged } from './judged.ts';
import type { Report } from './violation.ts';

/** Each release has an end on record and people were told of it, or somebody was woken. */
export const everyEndIsTold = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const { records, messages } = judged.twin.world;
  const told = [...messages.values()].map(({ subject }) => subject).join('\n');
  for (const { releaseId, status } of records.byId.values()) {
    if (!endedStatuses.includes(status)) report('I8', `${releaseId} is still ${status} on record`);
    if (releaseId !== 'shop-adopted' && !told.includes(releaseId))
      report('I8', `nobody was told how ${releaseId} ended`);
  }
};

/** Only a fault may end a release as `failed`, and only one that left nothing to do: a single blip never does. */
export const failsOnlyForGood = ({ twin, gone }: Judged, report: Report): void => {
  for (const { releaseId, status } of twin.world.records.byId.values())
    if (status === 'failed' && gone.size === 0) report('I1', `${releaseId} failed, though nothing has gone for good`);
};
