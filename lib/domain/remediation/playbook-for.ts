import type { AlarmChange } from '../../contracts/alarm.ts';
import type { Condition, Playbook } from '../../contracts/playbook.ts';
import { inWeekly } from './weekly.ts';

/** What a field of the alarm says; undefined when it has none. Only its own: `labels.constructor` is no label. */
const fieldOf = (field: string, change: AlarmChange): string | undefined => {
  const [holder, name] = field.startsWith('labels.')
    ? [change.labels, field.slice('labels.'.length)]
    : field.startsWith('resource.')
      ? [change.resource, field.slice('resource.'.length)]
      : [change, field];
  const value: unknown = Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A text that is no number compares with none. */
const numberOf = (value: string | undefined): number => (value?.trim() ? Number(value) : Number.NaN);

/** Whether an alarm is meant. Rule: a field that is missing fits nothing but `exists: false` and a `not`. */
export const matches = (condition: Condition, change: AlarmChange): boolean => {
  if ('all' in condition) return condition.all.every((one) => matches(one, change));
  if ('any' in condition) return condition.any.some((one) => matches(one, change));
  if ('not' in condition) return !matches(condition.not, change);
  if ('between' in condition) return inWeekly(condition.between, change.at);
  const value = fieldOf(condition.field, change);
  if ('exists' in condition) return (value !== undefined) === condition.exists;
  if (value === undefined) return false;
  if ('equals' in condition) return value === condition.equals;
  if ('in' in condition) return condition.in.includes(value);
  if ('startsWith' in condition) return value.startsWith(condition.startsWith);
  if ('matches' in condition) return new RegExp(condition.matches, 'u').test(value);
  return 'above' in condition ? numberOf(value) > condition.above : numberOf(value) < condition.below;
};

/** The first that means it: their order in the catalog is their order here. */
export const playbookFor = (change: AlarmChange, playbooks: readonly Playbook[]): Playbook | undefined =>
  playbooks.find(({ match }) => matches(match, change));
