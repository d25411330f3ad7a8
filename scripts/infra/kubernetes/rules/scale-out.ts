import type { Anything } from '../manifests.ts';

/** The controller looks this often, and metrics are this old when it does. */
const syncSeconds = 15;
const metricsSeconds = 15;
/** Until a new pod is ready. */
const startSeconds = 30;

type Policy = { type: 'Percent' | 'Pods'; value: number; periodSeconds: number };

/**
 * Seconds from the first pods to the last being ready, when the metrics ask for as many as there may be: one period of
 * the policies after the other, as the autoscaler's documentation describes them. Infinite when nothing may be added.
 */
export const scaleOutSeconds = ({ minReplicas = 1, maxReplicas, behavior }: Anything): number => {
  const { policies = [], stabilizationWindowSeconds = 0, selectPolicy = 'Max' } = behavior?.scaleUp ?? {};
  const choose = selectPolicy === 'Min' ? Math.min : Math.max;
  const periodSeconds = Math.max(syncSeconds, ...policies.map((policy: Policy) => policy.periodSeconds));
  let pods = minReplicas;
  let seconds = metricsSeconds + syncSeconds + stabilizationWindowSeconds;
  while (pods < maxReplicas) {
    const added = selectPolicy === 'Disabled' ? 0 : choose(...policies.map((policy: Policy) => allowed(policy, pods)));
    if (!(added > 0 && Number.isFinite(added))) return Number.POSITIVE_INFINITY;
    pods += added;
    if (pods < maxReplicas) seconds += periodSeconds;
  }
  return seconds + startSeconds;
};

const allowed = ({ type, value }: Policy, pods: number): number =>
  type === 'Pods' ? value : Math.ceil((pods * value) / 100);
