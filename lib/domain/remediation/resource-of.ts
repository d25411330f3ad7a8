import type { Resource } from '../../contracts/alarm.ts';
import type { Catalog } from '../../contracts/catalog.ts';

/** What of the catalog says whose resource something is. */
export type Known = Pick<Catalog, 'services' | 'databases'>;

/** By the name of a label or dimension: what its value names. */
const kinds: Readonly<Record<string, Resource['kind']>> = {
  DBInstanceIdentifier: 'database',
  dbinstance: 'database',
  ReplicationGroupId: 'cache',
  CacheClusterId: 'cache',
  DistributionId: 'distribution',
  ScheduleName: 'schedule',
  NodegroupName: 'node-group',
  AutoScalingGroupName: 'node-group',
  NodeName: 'node',
  node: 'node',
};

/**
 * What an alarm is about: the service that names it in the catalog; else what its labels name, the service's own before a part of
 * it; else nothing that can be acted on (`other`, by the alarm's own name).
 */
export const resourceOf = (
  name: string,
  labels: Readonly<Record<string, string>>,
  { services, databases }: Known,
): Resource => {
  const guarded = services.find(({ alarms }) => alarms.includes(name));
  if (guarded) return ofService(guarded.name);
  const named = services.find((service) => [labels.service, labels.job].includes(service.name));
  for (const [label, kind] of Object.entries(kinds)) {
    const id = labels[label];
    if (!id) continue;
    const service = named?.name ?? databases.find(({ instance }) => instance === id)?.services[0];
    return { kind, id, ...(service ? { service } : {}) };
  }
  return named ? ofService(named.name) : { kind: 'other', id: name.slice(0, 200) };
};

const ofService = (service: string): Resource => ({ kind: 'service', id: service, service });
