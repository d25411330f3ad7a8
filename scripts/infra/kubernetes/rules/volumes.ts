import type { Anything, KubernetesObject, Overlay } from '../manifests.ts';
import { failing, named, ofKind, title } from './reading.ts';
import type { Rule } from './rule.ts';

type Claim = { where: string; spec: Anything };

/** Claims of volumes, whoever makes them. */
const claims = (overlay: Overlay): Claim[] => [
  ...ofKind(overlay, 'PersistentVolumeClaim').map((object) => ({ where: title(object), spec: object.spec })),
  ...ofKind(overlay, 'StatefulSet').flatMap((object) => ofTemplates(object, object.spec.volumeClaimTemplates)),
  ...ofKind(overlay, 'Prometheus', 'Alertmanager').flatMap((object) =>
    ofTemplates(object, [object.spec.storage?.volumeClaimTemplate].filter(Boolean)),
  ),
];

const ofTemplates = (object: KubernetesObject, templates: Anything[] = []): Claim[] =>
  templates.map(({ spec }) => ({ where: `${title(object)}: its claim`, spec }));

type Class = KubernetesObject & { parameters?: Record<string, string>; volumeBindingMode?: string };

/** Where a pod keeps what must outlive it. */
export const volumeRules: readonly Rule[] = [
  {
    // New clusters have no class for those that name none: such a claim waits for ever, and its pod with it.
    name: 'every claim of a volume names a storage class that is made here',
    broken: (overlay) =>
      failing(claims(overlay), ({ spec }) => named(overlay, 'StorageClass', spec.storageClassName) !== undefined),
  },
  {
    name: 'every storage class encrypts, and waits until it is known where the pod runs',
    broken: (overlay) =>
      (ofKind(overlay, 'StorageClass') as Class[])
        .filter((one) => one.parameters?.encrypted !== 'true' || one.volumeBindingMode !== 'WaitForFirstConsumer')
        .map(title),
  },
];
