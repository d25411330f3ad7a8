import type { ApiServer } from '../../../test/kubernetes/api-server.ts';
import type { Anything, KubernetesObject, Overlay } from './manifests.ts';
import { named, ofKind, operated, serviceLabel, slotLabel, title, type Workload, workloads } from './rules/reading.ts';

type Expectation = { object: KubernetesObject; selector: Anything; pods: readonly string[] };

const podMakers = (overlay: Overlay): Workload[] => [...workloads(overlay), ...operated(overlay)];

/** What must select what: pods are named after what they were made of, and selected by the API server. */
const expectations = (overlay: Overlay): Expectation[] => {
  const namesIn = (namespace = '') =>
    podMakers(overlay)
      .filter(({ object }) => object.metadata.namespace === namespace)
      .map(({ object }) => object.metadata.name);
  /** The pods of a slot, or those that an object is called after: `jaeger-query` is for `jaeger`. */
  const meantBy = ({ metadata: { name, namespace, labels } }: KubernetesObject) =>
    labels?.[slotLabel]
      ? [`${labels[serviceLabel]}-${labels[slotLabel]}`]
      : namesIn(namespace)
          .filter((one) => name === one || name.startsWith(`${one}-`))
          .sort((one, other) => other.length - one.length)
          .slice(0, 1);
  const ofSelector = (namespace: string | undefined, selector: Anything) => {
    const service = selector.matchLabels?.[serviceLabel];
    return namesIn(namespace).filter(
      (name) => !service || [service, `${service}-blue`, `${service}-green`].includes(name),
    );
  };
  return [
    ...ofKind(overlay, 'Service').map((object) => ({
      object,
      selector: { matchLabels: object.spec.selector },
      pods: meantBy(object),
    })),
    ...ofKind(overlay, 'PodDisruptionBudget', 'Deployment', 'DaemonSet').map((object) => ({
      object,
      selector: object.spec.selector,
      pods: meantBy(object),
    })),
    ...ofKind(overlay, 'NetworkPolicy')
      .filter(({ spec }) => !spec.podSelector.matchLabels?.['acme.cert-manager.io/http01-solver'])
      .map((object) => ({
        object,
        selector: object.spec.podSelector,
        pods: ofSelector(object.metadata.namespace, object.spec.podSelector),
      })),
  ];
};

/** What selects something else than it should, or points to something that is not there. */
export const wrongSelections = async (api: ApiServer, overlay: Overlay): Promise<string[]> => {
  const selected = await Promise.all(
    expectations(overlay).map(async ({ object, selector, pods }) => {
      const found = await podsOf(api, object.metadata.namespace ?? '', selector);
      const same = found.join() === [...pods].sort().join() && found.length > 0;
      return same ? [] : [`${title(object)} selects ${found.join(', ') || 'nothing'}, not ${pods.join(', ')}`];
    }),
  );
  return [...selected.flat(), ...lostTargets(overlay), ...lostPorts(overlay), ...unguarded(overlay)];
};

const podsOf = async ({ admin }: ApiServer, namespace: string, selector: Anything): Promise<string[]> => {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([label, value]) => `${label}=${value}`);
  const query = encodeURIComponent(labels.join(','));
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${query}`;
  const { items } = (await admin('GET', path)) as { items: KubernetesObject[] };
  return items.map(({ metadata }) => metadata.name).sort();
};

/** Autoscalers scale, and target groups and ingresses fill, the object of their own name. */
const lostTargets = (overlay: Overlay): string[] =>
  [
    ...ofKind(overlay, 'HorizontalPodAutoscaler').map((object) => ({ object, target: object.spec.scaleTargetRef })),
    ...ofKind(overlay, 'VerticalPodAutoscaler').map((object) => ({ object, target: object.spec.targetRef })),
    ...ofKind(overlay, 'TargetGroupBinding').map((object) => ({
      object,
      target: { kind: 'Service', name: object.spec.serviceRef.name },
    })),
    ...ofKind(overlay, 'Ingress').map((object) => ({
      object,
      target: { kind: 'Service', name: object.spec.rules[0].http.paths[0].backend.service.name },
    })),
  ]
    .filter(({ object, target }) => !named(overlay, target.kind, target.name) || target.name !== object.metadata.name)
    .map(({ object, target }) => `${title(object)} points to ${target.kind} ${target.name}`);

/** Every port of a service leads to a port that a container of its pods has, and is let through to it. */
const lostPorts = (overlay: Overlay): string[] =>
  ofKind(overlay, 'Service').flatMap((service) => {
    const { namespace } = service.metadata;
    const templates = podMakers(overlay)
      .filter(({ object, template }) => object.metadata.namespace === namespace && has(template, service.spec.selector))
      .map(({ template }) => template);
    const ports: Anything[] = templates
      .flatMap(({ spec }) => spec.containers)
      .flatMap(({ ports: own = [] }: Anything) => own);
    const open = templates.flatMap((template) => openPorts(overlay, namespace, template));
    return service.spec.ports
      .filter(({ targetPort }: Anything) => {
        const port = ports.find(({ name }) => name === targetPort)?.containerPort;
        return port === undefined || !open.includes(port);
      })
      .map(({ name }: Anything) => `${title(service)}: port ${name} leads nowhere or is closed by the policies`);
  });

const has = ({ metadata }: Anything, labels: Record<string, string> = {}): boolean =>
  Object.entries(labels).every(([label, value]) => metadata.labels?.[label] === value);

const policiesOf = (overlay: Overlay, namespace: string | undefined, template: Anything): KubernetesObject[] =>
  ofKind(overlay, 'NetworkPolicy').filter(
    ({ metadata, spec }) => metadata.namespace === namespace && has(template, spec.podSelector.matchLabels),
  );

const openPorts = (overlay: Overlay, namespace: string | undefined, template: Anything): number[] =>
  policiesOf(overlay, namespace, template)
    .flatMap(({ spec }) => (spec.ingress ?? []).flatMap(({ ports }: Anything) => ports))
    .map(({ port }) => port);

/** Workloads that no policy but the namespace's own speaks of. */
const unguarded = (overlay: Overlay): string[] =>
  podMakers(overlay)
    .filter(
      ({ object, template }) =>
        !policiesOf(overlay, object.metadata.namespace, template).some(
          ({ spec }) => spec.podSelector.matchLabels?.[serviceLabel] === template.metadata.labels[serviceLabel],
        ),
    )
    .map(({ object }) => `${title(object)} has no network policy of its own`);
