import type { ServiceName, Slot } from '../../contracts/names.ts';
import type { Deployment } from './shapes.ts';

/** Where objects of the services' namespace are: a Deployment and an autoscaler `<service>-<slot>` for each slot. */
export const placesIn = (namespace: string) => {
  const listOf = (group: string, kind: string) => `/${group}/namespaces/${namespace}/${kind}`;
  return {
    listOf,
    deploymentOf: (service: ServiceName, slot: Slot) => `${listOf('apis/apps/v1', 'deployments')}/${service}-${slot}`,
    autoscalerOf: (service: ServiceName, slot: Slot) =>
      `${listOf('apis/autoscaling/v2', 'horizontalpodautoscalers')}/${service}-${slot}`,
  };
};

/** What a list is asked for the pods of a Deployment with. */
export const selectorOf = ({ spec }: Deployment): string =>
  encodeURIComponent(
    Object.entries(spec.selector.matchLabels)
      .map(([label, value]) => `${label}=${value}`)
      .join(','),
  );
