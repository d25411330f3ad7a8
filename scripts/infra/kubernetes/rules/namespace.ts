import { type Anything, isHandedOver, type KubernetesObject, type Overlay } from '../manifests.ts';
import { folderAnnotation } from './nodes.ts';
import { quantity } from './quantity.ts';
import { failingObjects, named, ofKind, serviceLabel, slots, title, workloads } from './reading.ts';
import type { Rule } from './rule.ts';

/** What is left in the manifests where an overlay must put a value. */
const placeholder = 'set-by-the-overlay';
const readsSecrets = ['get', 'list', 'watch', '*'];

/** What holds for the namespace as a whole: who may reach what, and that everything referred to is there. */
export const namespaceRules: readonly Rule[] = [
  {
    // But for one that says which folder of the node is read in it, which no level between allows.
    name: 'the namespace admits restricted pods only',
    broken: (overlay) =>
      failingObjects(
        ofKind(overlay, 'Namespace'),
        (namespace) => isRestricted(namespace) || namespace.metadata.annotations?.[folderAnnotation] !== undefined,
      ),
  },
  {
    name: 'all traffic is denied unless a policy allows it',
    broken: (overlay) =>
      ofKind(overlay, 'Namespace')
        .filter(({ metadata }) => !ofKind(overlay, 'NetworkPolicy').some((policy) => deniesAll(policy, metadata.name)))
        .map(title),
  },
  {
    name: 'no policy allows everybody or every port',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'NetworkPolicy'), ({ spec }) =>
        [...(spec.ingress ?? []), ...(spec.egress ?? [])].every(
          ({ from, to, ports }: Anything) => (from ?? to ?? []).length > 0 && (ports ?? []).length > 0,
        ),
      ),
  },
  {
    // Every pod has an address in the network: the whole of it is everybody.
    name: 'what the load balancer serves is not open to the whole network',
    broken: (overlay) => {
      const network = named(overlay, 'ConfigMap', 'environment')?.data?.['network-cidr'];
      const served = slots(overlay).map(({ metadata }) => metadata.labels?.[serviceLabel]);
      return failingObjects(
        ofKind(overlay, 'NetworkPolicy').filter(({ spec }) =>
          served.includes(spec.podSelector.matchLabels?.[serviceLabel]),
        ),
        ({ spec }) =>
          (spec.ingress ?? [])
            .flatMap(({ from = [] }: Anything) => from)
            .every(({ ipBlock }: Anything) => ipBlock === undefined || ![network, '0.0.0.0/0'].includes(ipBlock.cidr)),
      );
    },
  },
  {
    name: 'no role has a wildcard',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'Role', 'ClusterRole'), ({ rules = [] }) =>
        rules.every(({ verbs, resources, apiGroups }) => ![verbs, resources, apiGroups].flat().includes('*')),
      ),
  },
  {
    name: 'no role reads Secrets',
    broken: (overlay) =>
      failingObjects(
        ofKind(overlay, 'Role', 'ClusterRole'),
        ({ rules = [] }) =>
          !rules.some(
            ({ verbs, resources }) =>
              resources.includes('secrets') && verbs.some((verb: string) => readsSecrets.includes(verb)),
          ),
      ),
  },
  {
    // Alertmanager takes its configuration as a Secret only; that it holds none is a rule of the monitoring.
    name: 'no Secret lies in the manifests',
    broken: (overlay) => {
      const configurations = ofKind(overlay, 'Alertmanager').map(({ spec }) => spec.configSecret);
      return failingObjects(ofKind(overlay, 'Secret'), ({ metadata }) => configurations.includes(metadata.name));
    },
  },
  {
    name: 'every value comes from the overlay',
    broken: (overlay) => overlay.objects.filter((object) => JSON.stringify(object).includes(placeholder)).map(title),
  },
  {
    name: 'what a pod refers to is made here',
    broken: (overlay) =>
      workloads(overlay).flatMap(({ object, template }) =>
        missing(overlay, template.spec).map((reference) => `${title(object)}: ${reference}`),
      ),
  },
  {
    name: 'the quota holds both slots of every service at their largest',
    broken: (overlay) => ofKind(overlay, 'ResourceQuota').flatMap((quota) => shortages(overlay, quota)),
  },
  {
    // The store knows roles and no users: a password would be refused, and nothing would be written.
    name: 'who asks OpenSearch has a role of AWS to sign with',
    broken: (overlay) =>
      workloads(overlay)
        .filter(({ template: { spec } }) => asksOpenSearch(spec))
        .filter(({ template: { spec } }) => {
          const account = named(overlay, 'ServiceAccount', spec.serviceAccountName);
          return account?.metadata.annotations?.['eks.amazonaws.com/role-arn'] === undefined;
        })
        .map(({ object }) => title(object)),
  },
  {
    name: 'every certificate has its issuer, and is renewed with a third of its life left',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'Certificate'), ({ spec }) => {
        const share = Number.parseFloat(spec.renewBefore) / Number.parseFloat(spec.duration);
        return named(overlay, spec.issuerRef.kind, spec.issuerRef.name) !== undefined && share >= 1 / 3;
      }),
  },
  {
    name: 'every ingress speaks TLS for all of its hosts',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'Ingress'), ({ spec }) => {
        const secured = (spec.tls ?? []).flatMap(({ hosts }: Anything) => hosts);
        return spec.rules.every(({ host }: Anything) => secured.includes(host));
      }),
  },
];

export const isRestricted = ({ metadata }: KubernetesObject): boolean =>
  metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted';

const asksOpenSearch = ({ initContainers = [], containers }: Anything): boolean =>
  [...initContainers, ...containers]
    .flatMap(({ env = [] }: Anything) => env)
    .some(({ valueFrom }: Anything) => valueFrom?.configMapKeyRef?.key === 'opensearch-host');

const deniesAll = ({ metadata, spec }: KubernetesObject, namespace: string): boolean =>
  metadata.namespace === namespace &&
  Object.keys(spec.podSelector).length === 0 &&
  ['Ingress', 'Egress'].every((type) => spec.policyTypes.includes(type)) &&
  !spec.ingress &&
  !spec.egress;

/** Secrets are made by what names them as a target. */
const madeSecrets = (overlay: Overlay): string[] => [
  ...ofKind(overlay, 'ExternalSecret').map(({ spec }) => spec.target.name),
  ...ofKind(overlay, 'Certificate').map(({ spec }) => spec.secretName),
];

const missing = (overlay: Overlay, spec: Anything): string[] => {
  const volumes = (spec.volumes ?? []).flatMap((volume: Anything) => [volume, ...(volume.projected?.sources ?? [])]);
  const variables = spec.containers.flatMap(({ env = [] }: Anything) => env);
  const configMaps = [
    ...volumes.map(({ configMap }: Anything) => configMap?.name),
    ...variables.map(({ valueFrom }: Anything) => valueFrom?.configMapKeyRef?.name),
  ];
  const secrets = volumes.map(({ secret }: Anything) => secret?.secretName ?? secret?.name);
  const made = madeSecrets(overlay);
  return [
    ...configMaps.filter((name) => name && !named(overlay, 'ConfigMap', name)).map((name) => `ConfigMap ${name}`),
    ...secrets.filter((name: string) => name && !made.includes(name)).map((name: string) => `Secret ${name}`),
    ...(named(overlay, 'ServiceAccount', spec.serviceAccountName) ? [] : [`ServiceAccount ${spec.serviceAccountName}`]),
  ];
};

const shortages = (overlay: Overlay, quota: KubernetesObject): string[] =>
  isHandedOver(overlay)
    ? []
    : ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].flatMap((resource) => {
        const needed = slots(overlay).reduce((sum, slot) => sum + largest(overlay, slot, resource), 0);
        const held = quantity(quota.spec.hard[resource]);
        return needed <= held ? [] : [`${title(quota)}: ${resource} is ${held}, both slots need ${needed}`];
      });

/** What states no amount is found by the rule about that, and counts for nothing here. */
const largest = (overlay: Overlay, slot: KubernetesObject, resource: string): number => {
  const [kind = '', name = ''] = resource.split('.');
  const pods = named(overlay, 'HorizontalPodAutoscaler', slot.metadata.name)?.spec.maxReplicas ?? 0;
  const each = slot.spec.template.spec.containers.map(({ resources }: Anything) =>
    quantity(resources?.[kind]?.[name] ?? 0),
  );
  return pods * each.reduce((sum: number, one: number) => sum + one, 0);
};
