import type { AlarmChange } from '../../contracts/alarm.ts';
import type { HealthChanged } from '../../contracts/events.ts';
import { labelsOf, sayingOf } from './labels.ts';

const states = { open: 'firing', closed: 'over', upcoming: 'unknown' } as const;

/** AWS names what is affected by identifiers of many kinds, so nothing is acted on by it but what a playbook names itself. */
export const fromHealth = ({ time, detail }: HealthChanged): AlarmChange => {
  const [first] = detail.affectedEntities;
  return {
    source: 'health',
    name: detail.eventTypeCode.slice(0, 300),
    resource: { kind: 'other', id: (first?.entityValue || detail.eventTypeCode).slice(0, 200) },
    state: states[detail.statusCode],
    at: time,
    labels: labelsOf({ service: detail.service, category: detail.eventTypeCategory, event: detail.eventArn }),
    says: sayingOf(detail.eventDescription[0]?.latestDescription ?? ''),
  };
};
