import { packagedCatalog } from './catalog.ts';
import { ref, type Value } from './cloudformation.ts';

/** The value of each setting that an adapter asks for. Which function gets which follows from its adapters. */
export const settings: Readonly<Record<string, Value>> = {
  CATALOG_FILE: packagedCatalog,
  CLUSTER_NAME: ref('ClusterName'),
  CLUSTER_NAMESPACE: ref('ClusterNamespace'),
  CONTROL_TABLE: ref('ControlTable'),
  DEPLOYMENT_MACHINE_ARN: ref('DeploymentStateMachine'),
  IMAGE_REGISTRY: ref('ImageRegistry'),
  IMAGE_REPOSITORY_PREFIX: ref('ImageRepositoryPrefix'),
  PROBE_ADDRESSES: ref('ProbeAddresses'),
  ROLLBACK_MACHINE_ARN: ref('RollbackStateMachine'),
  TRAFFIC_RULES: ref('TrafficRules'),
};
