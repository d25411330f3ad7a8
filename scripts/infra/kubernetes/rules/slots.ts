import type { Catalog } from '../../../../lib/contracts/catalog.ts';
import { type Anything, isHandedOver, type KubernetesObject, type Overlay } from '../manifests.ts';
import { failingObjects, named, ofKind, serviceLabel, slotLabel, slots, title } from './reading.ts';
import type { Rule } from './rule.ts';
import { scaleOutSeconds } from './scale-out.ts';

const digestOf = (image = ''): string => image.split('@')[1] ?? '';
const longestScaleOutSeconds = 120;

const pairs = ({ services }: Catalog) =>
  services.flatMap(({ name, floor }) =>
    ['blue', 'green'].map((slot) => ({ name, slot, floor, id: `${name}-${slot}` })),
  );

/** The names and kinds by which the control plane and the load balancer find a slot. */
const kinds = ['Deployment', 'HorizontalPodAutoscaler', 'VerticalPodAutoscaler', 'PodDisruptionBudget', 'Service'];

const serviceContainer = ({ metadata, spec }: KubernetesObject) =>
  spec.template.spec.containers.find(({ name }: { name: string }) => name === metadata.labels?.[serviceLabel]);

/** Slots whose service container does not do as it must; one that has none is found by the rule about that. */
const failingSlots = (overlay: Overlay, holds: (container: Anything, slot: KubernetesObject) => boolean): string[] =>
  failingObjects(slots(overlay), (slot) => {
    const container = serviceContainer(slot);
    return container === undefined || holds(container, slot);
  });

const echo = {
  EVENKEEL_SLOT: `metadata.labels['${slotLabel}']`,
  EVENKEEL_DIGEST: "metadata.annotations['evenkeel.dev/digest']",
};

/** What the control plane takes for granted about the two slots of each service. */
export const slotRules: readonly Rule[] = [
  {
    name: 'every service of the catalog has all objects of both slots',
    broken: (overlay, catalog) =>
      pairs(catalog).flatMap(({ id }) =>
        kinds.filter((kind) => !named(overlay, kind, id)).map((kind) => `${kind} ${id} is missing`),
      ),
  },
  {
    name: 'every slot gets traffic by a target group or an ingress of its own',
    broken: (overlay, catalog) =>
      pairs(catalog)
        .filter(({ id }) => !named(overlay, 'TargetGroupBinding', id) && !named(overlay, 'Ingress', id))
        .map(({ id }) => id),
  },
  {
    // Crossed, all traffic would go to the slot that is being replaced.
    name: 'a target group is bound to the slot that it is named after',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'TargetGroupBinding'), ({ metadata: { name }, spec }) => {
        const { targetGroupARN = '', serviceRef } = spec;
        return targetGroupARN.includes(`:targetgroup/${name}/`) && serviceRef?.name === name;
      }),
  },
  {
    name: 'a slot has a container with the name of its service',
    broken: (overlay) => failingObjects(slots(overlay), (slot) => serviceContainer(slot) !== undefined),
  },
  {
    name: 'a slot is deployed by digest, and its pods know it',
    broken: (overlay) =>
      isHandedOver(overlay)
        ? []
        : failingSlots(overlay, ({ image }, slot) => {
            const digest = digestOf(image);
            const annotated = slot.spec.template.metadata.annotations?.['evenkeel.dev/digest'];
            return /^sha256:[0-9a-f]{64}$/.test(digest) && annotated === digest;
          }),
  },
  {
    name: 'a slot can say in its answers which slot and version it is',
    broken: (overlay) =>
      failingSlots(overlay, ({ env = [] }) =>
        Object.entries(echo).every(([name, path]) =>
          env.some(
            (variable: { name: string; valueFrom?: { fieldRef?: { fieldPath: string } } }) =>
              variable.name === name && variable.valueFrom?.fieldRef?.fieldPath === path,
          ),
        ),
      ),
  },
  {
    name: 'applying a slot never scales it',
    broken: (overlay) => failingObjects(slots(overlay), ({ spec }) => spec.replicas === undefined),
  },
  {
    name: 'what is handed over leaves images, versions and floors to the control plane',
    broken: (overlay) => (isHandedOver(overlay) ? ownedByControlPlane(overlay) : []),
  },
  {
    name: 'no eviction takes a slot below the floor of its service',
    broken: (overlay, catalog) =>
      pairs(catalog)
        .filter(({ id, floor }) => named(overlay, 'PodDisruptionBudget', id)?.spec.minAvailable !== floor)
        .map(({ id, floor }) => `PodDisruptionBudget ${id}: minAvailable must be ${floor}`),
  },
  {
    name: 'every slot is scaled between more than its floor and more than that',
    broken: (overlay, catalog) =>
      pairs(catalog)
        .filter(({ id, floor }) => {
          const { minReplicas = floor + 1, maxReplicas } = named(overlay, 'HorizontalPodAutoscaler', id)?.spec ?? {};
          return !(minReplicas > floor && maxReplicas > minReplicas);
        })
        .map(({ id }) => `HorizontalPodAutoscaler ${id}`),
  },
  {
    name: 'every slot is scaled by CPU, memory and a metric of its own',
    broken: (overlay) =>
      failingObjects(ofKind(overlay, 'HorizontalPodAutoscaler'), ({ spec }) => {
        const by = spec.metrics.map(({ type, resource }: { type: string; resource?: { name: string } }) =>
          type === 'Resource' ? resource?.name : type,
        );
        return (
          by.includes('cpu') && by.includes('memory') && by.some((one: string) => ['Pods', 'External'].includes(one))
        );
      }),
  },
  {
    name: 'from the fewest to the most pods takes at most two minutes',
    broken: (overlay) =>
      ofKind(overlay, 'HorizontalPodAutoscaler')
        .map((object) => ({ object, seconds: scaleOutSeconds(object.spec) }))
        .filter(({ seconds }) => !(seconds <= longestScaleOutSeconds))
        .map(({ object, seconds }) => `${title(object)} takes ${seconds} s`),
  },
  {
    name: 'nothing changes requests beside an autoscaler that scales on them',
    broken: (overlay) =>
      failingObjects(
        ofKind(overlay, 'VerticalPodAutoscaler'),
        ({ spec }) => spec.updatePolicy?.updateMode === 'Off' || !scaled(overlay, spec.targetRef.name),
      ),
  },
  {
    name: 'the pods of a slot are spread over zones and nodes',
    broken: (overlay) =>
      failingObjects(slots(overlay), ({ spec }) => {
        const keys = (spec.template.spec.topologySpreadConstraints ?? []).map(
          ({ topologyKey }: { topologyKey: string }) => topologyKey,
        );
        return keys.includes('topology.kubernetes.io/zone') && keys.includes('kubernetes.io/hostname');
      }),
  },
  {
    name: 'a pod answers until the load balancer has let go of it',
    broken: (overlay) =>
      failingSlots(overlay, ({ lifecycle }, slot) => {
        const { terminationGracePeriodSeconds = 30 } = slot.spec.template.spec;
        const sleep = lifecycle?.preStop?.sleep?.seconds ?? 0;
        return sleep >= 15 && terminationGracePeriodSeconds > sleep;
      }),
  },
  {
    name: 'a rollout never takes a ready pod away first',
    broken: (overlay) =>
      failingObjects(slots(overlay), ({ spec }) => spec.strategy?.rollingUpdate?.maxUnavailable === 0),
  },
];

const scaled = (overlay: Overlay, name: string): boolean =>
  ofKind(overlay, 'HorizontalPodAutoscaler').some(({ spec }) => spec.scaleTargetRef.name === name);

const ownedByControlPlane = (overlay: Overlay): string[] => [
  ...failingObjects(
    slots(overlay),
    (slot) => serviceContainer(slot)?.image === undefined && !slot.spec.template.metadata.annotations,
  ),
  ...failingObjects(ofKind(overlay, 'HorizontalPodAutoscaler'), ({ spec }) => spec.minReplicas === undefined),
];
