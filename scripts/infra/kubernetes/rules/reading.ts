import type { Anything, KubernetesObject, Overlay } from '../manifests.ts';

/* What rules ask of objects. */

export const slotLabel = 'evenkeel.dev/slot';
export const serviceLabel = 'app.kubernetes.io/name';

export const ofKind = ({ objects }: Overlay, ...kinds: string[]): KubernetesObject[] =>
  objects.filter(({ kind }) => kinds.includes(kind));

export const named = (overlay: Overlay, kind: string, name: string): KubernetesObject | undefined =>
  ofKind(overlay, kind).find(({ metadata }) => metadata.name === name);

export const title = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

/** Deployments that carry a slot: the services. */
export const slots = (overlay: Overlay): KubernetesObject[] =>
  ofKind(overlay, 'Deployment').filter(({ metadata }) => metadata.labels?.[slotLabel]);

export type Workload = { object: KubernetesObject; template: Anything };

/** Everything that makes pods, with the template of its pods. */
export const workloads = (overlay: Overlay): Workload[] => [
  ...ofKind(overlay, 'Deployment', 'StatefulSet', 'DaemonSet', 'Job').map((object) => ({
    object,
    template: object.spec.template,
  })),
  ...ofKind(overlay, 'CronJob').map((object) => ({ object, template: object.spec.jobTemplate.spec.template })),
];

/**
 * What the operator of Prometheus makes of its own kinds: pods with the labels and the account that are asked for, and
 * containers that it secures by itself.
 */
export const operated = (overlay: Overlay): Workload[] =>
  ofKind(overlay, 'Prometheus', 'Alertmanager').map((object) => {
    const { podMetadata, serviceAccountName, automountServiceAccountToken, securityContext, resources } = object.spec;
    const name = object.kind.toLowerCase();
    const container = {
      name,
      image: `quay.io/prometheus/${name}:${object.spec.version}`,
      ports: [{ name: 'web', containerPort: operatedPorts[name] }],
      resources,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    };
    const spec = { serviceAccountName, automountServiceAccountToken, securityContext, containers: [container] };
    return { object, template: { metadata: podMetadata, spec } };
  });

const operatedPorts: Readonly<Record<string, number>> = { prometheus: 9090, alertmanager: 9093 };

export type Container = { where: string; container: Anything; object: KubernetesObject };

const containersOf = ({ object, template }: Workload, fields: readonly string[]): Container[] =>
  fields
    .flatMap((field) => template.spec[field] ?? [])
    .map((container: Anything) => ({ object, container, where: `${title(object)}: container ${container.name}` }));

export const allContainers = (overlay: Overlay): Container[] =>
  workloads(overlay).flatMap((workload) => containersOf(workload, ['initContainers', 'containers']));

/** Those that go on running and answer. */
export const servingContainers = (overlay: Overlay): Container[] =>
  workloads(overlay)
    .filter(({ object }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind))
    .flatMap((workload) => containersOf(workload, ['containers']));

/** The names of what does not meet the condition. */
export const failing = <T extends { where: string }>(items: readonly T[], holds: (item: T) => boolean): string[] =>
  items.filter((item) => !holds(item)).map(({ where }) => where);

export const failingObjects = (
  objects: readonly KubernetesObject[],
  holds: (object: KubernetesObject) => boolean,
): string[] => objects.filter((object) => !holds(object)).map(title);
