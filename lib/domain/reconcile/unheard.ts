import type { AlarmChange } from '../../contracts/alarm.ts';
import { type Instant, plusSeconds } from '../../contracts/instant.ts';

/** An event of CloudWatch has come by then, unless it does not. */
const graceSeconds = 120;
/** The two ways in which CloudWatch tells of a change may round its moment differently. */
const toleranceSeconds = 2;

export const isDue = ({ at }: Pick<AlarmChange, 'at'>, now: Instant): boolean => plusSeconds(at, graceSeconds) <= now;

export const heardSince = ({ at }: Pick<AlarmChange, 'at'>): Instant => plusSeconds(at, -toleranceSeconds);

/** The same change as it was told, if it was. A name is of one alarm in CloudWatch, whatever its event and its description say of it. */
export const heardAs = (change: AlarmChange, told: readonly AlarmChange[]): AlarmChange | undefined =>
  told.find(
    (one) =>
      one.state === 'firing' &&
      one.source === change.source &&
      one.name === change.name &&
      one.at >= heardSince(change),
  );
