import type { Resource } from '../../contracts/alarm.ts';
import { Resource as ResourceSchema } from '../../contracts/alarm.ts';
import type { Condition } from '../../contracts/playbook.ts';
import { matches } from './playbook-for.ts';

const kinds = ResourceSchema.entries.kind.options;

/**
 * Whether every alarm that the condition means is about a resource of this kind; for `service` also one whose users a service's are.
 * What cannot be told from the condition alone is no.
 */
export const guarantees = (condition: Condition, kind: Resource['kind']): boolean => {
  if ('all' in condition) return condition.all.some((one) => guarantees(one, kind));
  if ('any' in condition) return condition.any.every((one) => guarantees(one, kind));
  if ('not' in condition || 'between' in condition) return false;
  if (condition.field === 'resource.service')
    return kind === 'service' && !('exists' in condition && !condition.exists);
  return condition.field === 'resource.kind' && meansOnly(condition, kind);
};

/** Asked of an alarm of each kind: it fits this one's, and no other's. */
const meansOnly = (condition: Condition, kind: Resource['kind']): boolean =>
  kinds.every((one) => matches(condition, { ...anAlarm, resource: { kind: one, id: 'any' } }) === (one === kind));

/** Of which nothing is asked but its resource. */
const anAlarm = {
  source: 'cloudwatch',
  name: 'any',
  state: 'firing',
  at: '1970-01-01T00:00:00.000Z',
  labels: {},
  says: '',
} as const;
