import type { Digest, ServiceName } from '../../contracts/names.ts';
import type { SlotState } from '../../contracts/slot-state.ts';
import {
  type Autoscaler,
  type Deployment,
  hashLabel,
  type Pod,
  type ReplicaSets,
  revisionAnnotation,
} from './shapes.ts';

/** As many restarts as a pod may have before its slot counts as crashing. */
const tolerableRestarts = 2;
const hopeless = ['CrashLoopBackOff', 'ImagePullBackOff', 'InvalidImageName'];

type Seen = { deployment: Deployment; autoscaler: Autoscaler; replicaSets: ReplicaSets; pods: readonly Pod[] };

/** What the slot runs, from what Kubernetes shows. Only pods of the newest revision count. */
export const slotStateOf = (service: ServiceName, { deployment, autoscaler, replicaSets, pods }: Seen): SlotState => {
  const digest = digestOf(service, deployment);
  const hash = currentHash(deployment, replicaSets);
  const current = pods.filter(({ metadata }) => hash !== undefined && metadata.labels[hashLabel] === hash);
  return {
    ...(digest !== undefined && { digest }),
    wanted: deployment.spec.replicas,
    ready: current.filter(isReady).length,
    crashing: current.some(isCrashing),
    floor: autoscaler.spec.minReplicas,
  };
};

const digestOf = (service: ServiceName, { spec }: Deployment): Digest | undefined =>
  spec.template.spec.containers.find(({ name }) => name === service)?.image.match(/@(sha256:[0-9a-f]{64})$/)?.[1];

/** None until the controller has seen the newest template: until then the newest revision on show is the old one. */
const currentHash = ({ metadata, status }: Deployment, { items }: ReplicaSets): string | undefined => {
  if (status.observedGeneration < metadata.generation) return undefined;
  const revision = metadata.annotations[revisionAnnotation];
  const newest = items.find(
    (set) => revision !== undefined && set.metadata.annotations[revisionAnnotation] === revision,
  );
  return newest?.metadata.labels[hashLabel];
};

export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status.conditions.some(({ type, status: met }) => type === 'Ready' && met === 'True');

const isCrashing = ({ status }: Pod): boolean =>
  [...status.containerStatuses, ...status.initContainerStatuses].some(
    ({ restartCount, state }) => restartCount > tolerableRestarts || hopeless.includes(state.waiting?.reason ?? ''),
  );
