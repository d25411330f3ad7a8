import * as v from 'valibot';
import { Instant } from './instant.ts';
import { ServiceName } from './names.ts';

/** What an alarm is about. `kind` is the catalog's word, `id` the name by which its API knows it. */
export const Resource = v.object({
  kind: v.picklist([
    'service',
    'database',
    'cache',
    'node-group',
    'node',
    'distribution',
    'schedule',
    'credential',
    'other',
  ]),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** The service whose users feel it, where one is known. */
  service: v.optional(ServiceName),
});
export type Resource = v.InferOutput<typeof Resource>;

/** `service/shop`: also the end of the name of its lease. */
export const resourceKeyOf = ({ kind, id }: Pick<Resource, 'kind' | 'id'>): string => `${kind}/${id}`;

export const alarmSources = ['cloudwatch', 'alertmanager', 'rds', 'acm', 'ecr', 'health', 'states'] as const;
const labelValue = v.pipe(v.string(), v.maxLength(1000));

/**
 * An alarm that changed, whoever told it, in one shape. `at`: the moment of the change as its source tells it, never that of its
 * arrival; the same alarm at the same moment is the same change, however often it comes.
 */
export const AlarmChange = v.object({
  source: v.picklist(alarmSources),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  resource: Resource,
  state: v.picklist(['firing', 'over', 'unknown']),
  at: Instant,
  labels: v.record(v.string(), labelValue),
  /** Its reason in its source's words. */
  says: v.pipe(v.string(), v.maxLength(2000)),
});
export type AlarmChange = v.InferOutput<typeof AlarmChange>;
