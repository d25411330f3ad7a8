import { describe, expect, test } from '@jest/globals';
import type { Anything, KubernetesObject, Overlay } from '../../../scripts/infra/kubernetes/manifests.ts';
import { rules } from '../../../scripts/infra/kubernetes/rules/all.ts';
import { findings } from '../../../scripts/infra/kubernetes/rules/rule.ts';
import { catalog, goodOverlay } from './good-overlay.ts';

type Change = (objects: Record<string, Anything>, all: KubernetesObject[]) => void;

const without = (all: KubernetesObject[], id: string): void => {
  const index = all.findIndex(({ kind, metadata }) => `${kind} ${metadata.name}` === id);
  all.splice(index, 1);
};
const blue = (objects: Record<string, Anything>) => objects['Deployment shop-blue'].spec.template;
const containerOf = (objects: Record<string, Anything>) => blue(objects).spec.containers[0];
const scaler = (objects: Record<string, Anything>) => objects['HorizontalPodAutoscaler shop-blue'].spec;
const withoutProbe =
  (name: string): Change =>
  (objects) =>
    delete containerOf(objects)[name];

/** By rule: the smallest change to a good overlay that breaks it. */
const changes: Readonly<Record<string, Change>> = {
  'every container has a startup probe': withoutProbe('startupProbe'),
  'every container has a liveness probe': withoutProbe('livenessProbe'),
  'every container has a readiness probe': withoutProbe('readinessProbe'),
  'every container states its requests and limits': (objects) => delete containerOf(objects).resources.requests.memory,
  'every root file system is read-only': (objects) =>
    delete containerOf(objects).securityContext.readOnlyRootFilesystem,
  'every container drops all capabilities and gains none': (objects) =>
    delete containerOf(objects).securityContext.capabilities,
  'every pod runs as a user who is not root, with the default seccomp profile': (objects) => {
    blue(objects).spec.securityContext.runAsUser = 0;
  },
  'no image is without a version': (objects) => {
    objects['CronJob backup'].spec.jobTemplate.spec.template.spec.containers[0].image = 'registry/tool:latest';
  },
  'a pod has a token of the cluster only when its account has a role': (objects) =>
    delete blue(objects).spec.automountServiceAccountToken,
  'secrets come as files, never as variables': (objects) =>
    containerOf(objects).env.push({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } }),
  'a job ends in time and does not run twice at once': (objects) =>
    delete objects['CronJob backup'].spec.jobTemplate.spec.activeDeadlineSeconds,
  'every service of the catalog has all objects of both slots': (_, all) => without(all, 'Service shop-green'),
  'every slot gets traffic by a target group or an ingress of its own': (_, all) =>
    without(all, 'TargetGroupBinding shop-green'),
  'a target group is bound to the slot that it is named after': (objects) => {
    const { spec } = objects['TargetGroupBinding shop-blue'];
    spec.targetGroupARN = spec.targetGroupARN.replace('blue', 'green');
  },
  'a slot has a container with the name of its service': (objects) => {
    containerOf(objects).name = 'other';
  },
  'a slot is deployed by digest, and its pods know it': (objects) => {
    blue(objects).metadata.annotations['evenkeel.dev/digest'] = `sha256:${'b'.repeat(64)}`;
  },
  'a slot can say in its answers which slot and version it is': (objects) => containerOf(objects).env.pop(),
  'applying a slot never scales it': (objects) => {
    objects['Deployment shop-blue'].spec.replicas = 3;
  },
  'no eviction takes a slot below the floor of its service': (objects) => {
    objects['PodDisruptionBudget shop-blue'].spec.minAvailable = 1;
  },
  'every slot is scaled between more than its floor and more than that': (objects) => {
    scaler(objects).minReplicas = 2;
  },
  'every slot is scaled by CPU, memory and a metric of its own': (objects) => scaler(objects).metrics.pop(),
  'from the fewest to the most pods takes at most two minutes': (objects) => {
    scaler(objects).behavior.scaleUp.stabilizationWindowSeconds = 120;
  },
  'nothing changes requests beside an autoscaler that scales on them': (objects) => {
    objects['VerticalPodAutoscaler shop-blue'].spec.updatePolicy.updateMode = 'Recreate';
  },
  'the pods of a slot are spread over zones and nodes': (objects) =>
    blue(objects).spec.topologySpreadConstraints.shift(),
  'a pod answers until the load balancer has let go of it': (objects) => delete containerOf(objects).lifecycle,
  'a rollout never takes a ready pod away first': (objects) => delete objects['Deployment shop-blue'].spec.strategy,
  'the namespace admits restricted pods only': (objects) => {
    objects['Namespace shops'].metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline';
  },
  'all traffic is denied unless a policy allows it': (_, all) => without(all, 'NetworkPolicy default-deny'),
  'no policy allows everybody or every port': (objects) => delete objects['NetworkPolicy shop'].spec.ingress[0].from,
  'no role has a wildcard': (objects) => objects['Role reader'].rules[0].verbs.push('*'),
  'no role reads Secrets': (objects) => objects['Role reader'].rules[0].resources.push('secrets'),
  'no Secret lies in the manifests': (_, all) =>
    all.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database' } }),
  'every value comes from the overlay': (objects) => {
    objects['Issuer letsencrypt'].spec = { email: 'set-by-the-overlay' };
  },
  'what a pod refers to is made here': (_, all) => without(all, 'ExternalSecret database'),
  'the quota holds both slots of every service at their largest': (objects) => {
    objects['ResourceQuota shops'].spec.hard['limits.cpu'] = '19';
  },
  'every certificate has its issuer, and is renewed with a third of its life left': (objects) => {
    objects['Certificate wildcard'].spec.renewBefore = '360h';
  },
  'who asks OpenSearch has a role of AWS to sign with': (objects) => {
    const { env } = objects['CronJob backup'].spec.jobTemplate.spec.template.spec.containers[0];
    env.push({ name: 'HOST', valueFrom: { configMapKeyRef: { name: 'environment', key: 'opensearch-host' } } });
  },
  'work that may be interrupted prefers the nodes that may go, and no other tolerates them': (objects) => {
    blue(objects).spec.tolerations = [{ key: 'evenkeel.dev/interruptible' }];
  },
  'no pod has more of its node than the one folder that its namespace names, to read': (objects) =>
    blue(objects).spec.volumes.push({ name: 'node', hostPath: { path: '/var/log' } }),
  'what the load balancer serves is not open to the whole network': (objects) => {
    objects['NetworkPolicy shop'].spec.ingress[0].from[0].ipBlock.cidr = '10.0.0.0/16';
  },
  'every claim of a volume names a storage class that is made here': (objects) =>
    delete objects['PersistentVolumeClaim data'].spec.storageClassName,
  'every storage class encrypts, and waits until it is known where the pod runs': (objects) => {
    objects['StorageClass encrypted'].volumeBindingMode = 'Immediate';
  },
  'every ingress speaks TLS for all of its hosts': (objects) =>
    objects['Ingress outside'].spec.rules.push({ host: 'api.shop.example' }),
};

const changed = (overlay: Overlay, change: Change): Overlay => {
  const all = structuredClone(overlay.objects) as KubernetesObject[];
  change(Object.fromEntries(all.map((object) => [`${object.kind} ${object.metadata.name}`, object])), all);
  return { ...overlay, objects: all };
};
const broken = (overlay: Overlay): string[] => [
  ...new Set(findings(rules, [overlay], catalog).map(({ rule }) => rule)),
];

test('a good overlay keeps every rule', () => {
  expect(findings(rules, [goodOverlay()], catalog)).toEqual([]);
});

describe('a change that breaks', () => {
  test.each(Object.entries(changes))('"%s" is found by it, and by no other rule', (rule, change) => {
    expect(broken(changed(goodOverlay(), change))).toEqual([rule]);
  });
});

test('a namespace may name one folder of the node, and then it is read and not written', () => {
  const reads = (folder: string, readOnly: boolean) =>
    broken(
      changed(goodOverlay(), (objects) => {
        objects['Namespace shops'].metadata = {
          ...objects['Namespace shops'].metadata,
          labels: {},
          annotations: { 'evenkeel.dev/reads-from-the-node': '/var/log' },
        };
        blue(objects).spec.volumes.push({ name: 'node', hostPath: { path: folder } });
        containerOf(objects).volumeMounts = [{ name: 'node', mountPath: '/node', readOnly }];
      }),
    );
  const rule = 'no pod has more of its node than the one folder that its namespace names, to read';
  expect([reads('/var/log', true), reads('/var/log', false), reads('/etc', true)]).toEqual([[], [rule], [rule]]);
});

test('a job that does not prefer the nodes that may go is found', () => {
  const rule = 'work that may be interrupted prefers the nodes that may go, and no other tolerates them';
  const overlay = changed(goodOverlay(), (objects) => {
    delete objects['CronJob backup'].spec.jobTemplate.spec.template.spec.affinity;
  });
  expect(broken(overlay)).toEqual([rule]);
});

test('manifests that were handed over must not own what the control plane writes', () => {
  const rule = 'what is handed over leaves images, versions and floors to the control plane';
  expect(broken(goodOverlay('production-handed-over'))).toEqual([rule]);
});

test('every rule has been seen to fail', () => {
  const seen = [...Object.keys(changes), 'what is handed over leaves images, versions and floors to the control plane'];
  expect(rules.map(({ name }) => name).sort()).toEqual(seen.sort());
});

test('a finding names the overlay, the rule and the place', () => {
  const overlay = changed(goodOverlay(), withoutProbe('readinessProbe'));
  expect(findings(rules, [overlay], catalog)).toEqual([
    {
      overlay: 'production',
      rule: 'every container has a readiness probe',
      what: 'Deployment shop-blue: container shop',
    },
  ]);
});
