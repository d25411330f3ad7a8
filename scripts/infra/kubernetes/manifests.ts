import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from './cache.ts';
import { run } from './command.ts';

// biome-ignore lint/suspicious/noExplicitAny: the API server checks every field of every object; rules read a few.
export type Anything = any;
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: Anything;
  data?: Record<string, string>;
  rules?: Anything[];
  subjects?: Anything[];
  roleRef?: Anything;
  automountServiceAccountToken?: boolean;
};

/** What one overlay renders to. */
export type Overlay = { name: string; objects: readonly KubernetesObject[] };

/** Overlays that are applied over what is there already, and alone would be no valid objects: see k8s/README.md. */
export const isHandedOver = ({ name }: Overlay): boolean => name.endsWith('-handed-over');
export const isFirstRelease = ({ name }: Overlay): boolean => name.endsWith('-first-release');

/** Errors: what kustomize says when an overlay does not render. */
export const renderOverlays = async (kustomize: string, folder = join(root, 'k8s/overlays')): Promise<Overlay[]> => {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, objects: parse(await run(kustomize, ['build', join(folder, name)])) })),
  );
};

/** Each is applied by itself: the services, what watches them, and what the cluster itself needs. */
export const overlayFolders = {
  '': 'k8s/overlays',
  'monitoring/': 'k8s/monitoring/overlays',
  'platform/': 'k8s/platform/overlays',
};

/** The overlays of all folders; those of the monitoring are called `monitoring/<stage>`, and so on. */
export const renderAll = async (kustomize: string): Promise<Overlay[]> => {
  const rendered = await Promise.all(
    Object.entries(overlayFolders).map(async ([prefix, folder]) =>
      (await renderOverlays(kustomize, join(root, folder))).map(({ name, objects }) => ({
        name: `${prefix}${name}`,
        objects,
      })),
    ),
  );
  return rendered.flat();
};

export const isOfServices = ({ name }: Overlay): boolean => !name.includes('/');

/** What lies together in the cluster of a stage. A first release and what is handed over are left out: they are parts. */
export const clustersOf = (overlays: readonly Overlay[]): Overlay[] => {
  const whole = overlays.filter((overlay) => !isFirstRelease(overlay) && !isHandedOver(overlay));
  const beside = (stage: string) => whole.filter(({ name }) => name.endsWith(`/${stage}`));
  return whole
    .filter(isOfServices)
    .map(({ name, objects }) => ({ name, objects: [...objects, ...beside(name).flatMap((other) => other.objects)] }));
};

const parse = (yaml: string): KubernetesObject[] =>
  parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
