import type { Anything, KubernetesObject, Overlay } from '../manifests.ts';
import { failingObjects, named, ofKind, operated, title, type Workload, workloads } from './reading.ts';
import type { Rule } from './rule.ts';

/** As the module `cluster` marks nodes that may go at any time. */
const taint = 'evenkeel.dev/interruptible';
const nodeLabel = 'evenkeel.dev/workload';

export const folderAnnotation = 'evenkeel.dev/reads-from-the-node';

/** What is tried again, or is back within seconds and holds nothing. */
const mayBeInterrupted = ({ object: { kind, metadata } }: Workload): boolean =>
  kind === 'CronJob' || (kind === 'Deployment' && metadata.name.endsWith('-exporter'));

const tolerates = ({ template: { spec } }: Workload): boolean =>
  (spec.tolerations ?? []).some(({ key }: Anything) => key === taint);

const prefers = ({ template: { spec } }: Workload): boolean =>
  (spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).some(
    ({ preference }: Anything) =>
      preference.matchExpressions.some(
        ({ key, values }: Anything) => key === nodeLabel && values.includes('interruptible'),
      ),
  );

const folderOf = (overlay: Overlay, { metadata }: KubernetesObject): string | undefined =>
  named(overlay, 'Namespace', metadata.namespace ?? '')?.metadata.annotations?.[folderAnnotation];

/** Whether the folders of the node that it has are the one that its namespace names, and cannot be written. */
const readsOnly = ({ spec }: Anything, folder: string | undefined): boolean => {
  const volumes = (spec.volumes ?? []).filter(({ hostPath }: Anything) => hostPath);
  const mounts = [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ volumeMounts = [] }) => volumeMounts);
  return volumes.every(
    ({ name, hostPath }: Anything) =>
      hostPath.path === folder &&
      mounts.filter((mount: Anything) => mount.name === name).every(({ readOnly }: Anything) => readOnly === true),
  );
};

/** Where pods run, and what they see of it. */
export const nodeRules: readonly Rule[] = [
  {
    name: 'work that may be interrupted prefers the nodes that may go, and no other tolerates them',
    broken: (overlay) => [
      ...workloads(overlay)
        .filter(({ object }) => object.kind !== 'DaemonSet')
        .filter((one) => (mayBeInterrupted(one) ? !(tolerates(one) && prefers(one)) : tolerates(one)))
        .map(({ object }) => title(object)),
      ...failingObjects(ofKind(overlay, 'Prometheus', 'Alertmanager'), ({ spec }) => !spec.tolerations),
    ],
  },
  {
    name: 'no pod has more of its node than the one folder that its namespace names, to read',
    broken: (overlay) =>
      [...workloads(overlay), ...operated(overlay)]
        .filter(({ object, template }) => {
          const { hostNetwork, hostPID, hostIPC } = template.spec;
          return hostNetwork || hostPID || hostIPC || !readsOnly(template, folderOf(overlay, object));
        })
        .map(({ object }) => title(object)),
  },
];
