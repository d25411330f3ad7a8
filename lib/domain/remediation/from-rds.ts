import type { AlarmChange } from '../../contracts/alarm.ts';
import type { DatabaseChanged } from '../../contracts/events.ts';
import { labelsOf, sayingOf } from './labels.ts';
import { type Known, resourceOf } from './resource-of.ts';

const firing = ['failure', 'availability', 'low storage', 'failover'];

/** Source: RDS user guide, "Amazon RDS event categories and event messages". What is neither good nor bad is `unknown`. */
export const fromRds = ({ time, detail }: DatabaseChanged, known: Known): AlarmChange => {
  const categories = detail.EventCategories;
  const labels = labelsOf({ DBInstanceIdentifier: detail.SourceIdentifier, categories: categories.join(',') });
  return {
    source: 'rds',
    name: detail.EventID,
    resource: resourceOf(detail.EventID, labels, known),
    state: categories.includes('recovery')
      ? 'over'
      : categories.some((one) => firing.includes(one))
        ? 'firing'
        : 'unknown',
    at: time,
    labels,
    says: sayingOf(detail.Message),
  };
};
