import type { Anything, KubernetesObject, Overlay } from '../../../scripts/infra/kubernetes/manifests.ts';

/* An overlay of one service that keeps every rule. */

const service = 'shop';
const digest = `sha256:${'a'.repeat(64)}`;
const namespace = 'shops';
const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
const ask = { httpGet: { path: '/health', port: 'http' } };

const container = () => ({
  name: service,
  image: `registry/shop@${digest}`,
  env: [
    field('EVENKEEL_SLOT', "metadata.labels['evenkeel.dev/slot']"),
    field('EVENKEEL_DIGEST', "metadata.annotations['evenkeel.dev/digest']"),
  ],
  startupProbe: ask,
  livenessProbe: ask,
  readinessProbe: ask,
  lifecycle: { preStop: { sleep: { seconds: 20 } } },
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});

const podSpec = () => ({
  serviceAccountName: service,
  automountServiceAccountToken: false,
  terminationGracePeriodSeconds: 60,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  topologySpreadConstraints: [
    { topologyKey: 'topology.kubernetes.io/zone' },
    { topologyKey: 'kubernetes.io/hostname' },
  ],
  containers: [container()],
  volumes: [{ name: 'secrets', secret: { secretName: 'database' } }],
});

const object = (kind: string, name: string, rest: Partial<KubernetesObject> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace },
  ...rest,
});

const slotObjects = (slot: string): KubernetesObject[] => {
  const labels = { 'app.kubernetes.io/name': service, 'evenkeel.dev/slot': slot };
  const id = `${service}-${slot}`;
  const metadata = { name: id, namespace, labels };
  const template = { metadata: { labels, annotations: { 'evenkeel.dev/digest': digest } }, spec: podSpec() };
  const of = (kind: string, spec: Anything) => object(kind, id, { metadata, spec });
  return [
    of('Deployment', { template, strategy: { rollingUpdate: { maxUnavailable: 0 } } }),
    of('HorizontalPodAutoscaler', {
      scaleTargetRef: { name: id },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu' } },
        { type: 'Resource', resource: { name: 'memory' } },
        { type: 'Pods' },
      ],
      behavior: { scaleUp: { policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] } },
    }),
    of('VerticalPodAutoscaler', { targetRef: { name: id }, updatePolicy: { updateMode: 'Off' } }),
    of('PodDisruptionBudget', { minAvailable: 2 }),
    of('Service', {}),
    of('TargetGroupBinding', {
      serviceRef: { name: id },
      targetGroupARN: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${id}/0123456789abcdef`,
    }),
  ];
};

const job = () => {
  const { startupProbe, livenessProbe, readinessProbe, lifecycle, ...rest } = container();
  const expression = { key: 'evenkeel.dev/workload', operator: 'In', values: ['interruptible'] };
  const preferred = [{ weight: 100, preference: { matchExpressions: [expression] } }];
  const spec = {
    ...podSpec(),
    containers: [rest],
    tolerations: [{ key: 'evenkeel.dev/interruptible' }],
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } },
  };
  return object('CronJob', 'backup', {
    spec: {
      concurrencyPolicy: 'Forbid',
      timeZone: 'Etc/UTC',
      jobTemplate: { spec: { activeDeadlineSeconds: 600, template: { metadata: {}, spec } } },
    },
  });
};

const enforced = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const hard = { 'requests.cpu': '8', 'requests.memory': '8Gi', 'limits.cpu': '40', 'limits.memory': '16Gi' };

const storage = { parameters: { encrypted: 'true' }, volumeBindingMode: 'WaitForFirstConsumer' };

export const catalog = { version: 1, freezes: [], policies: {}, services: [{ name: service, floor: 2 }] } as Anything;

export const goodOverlay = (name = 'production'): Overlay => ({
  name,
  objects: [
    object('Namespace', namespace, { metadata: { name: namespace, labels: enforced } }),
    object('ServiceAccount', service),
    object('ConfigMap', 'environment', { data: { 'network-cidr': '10.0.0.0/16' } }),
    object('ResourceQuota', namespace, { spec: { hard } }),
    object('NetworkPolicy', 'default-deny', { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }),
    object('NetworkPolicy', service, {
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': service } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/22' } }], ports: [{ port: 8080 }] }],
      },
    }),
    object('Role', 'reader', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] }),
    object('ExternalSecret', 'database', { spec: { target: { name: 'database' } } }),
    object('Issuer', 'letsencrypt'),
    object('StorageClass', 'encrypted', storage as Partial<KubernetesObject>),
    object('PersistentVolumeClaim', 'data', { spec: { storageClassName: 'encrypted' } }),
    object('Certificate', 'wildcard', {
      spec: {
        secretName: 'wildcard-tls',
        issuerRef: { kind: 'Issuer', name: 'letsencrypt' },
        duration: '2160h',
        renewBefore: '720h',
      },
    }),
    object('Ingress', 'outside', { spec: { tls: [{ hosts: ['shop.example'] }], rules: [{ host: 'shop.example' }] } }),
    job(),
    ...slotObjects('blue'),
    ...slotObjects('green'),
  ],
});
