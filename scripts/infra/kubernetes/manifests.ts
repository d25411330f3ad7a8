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

const parse = (yaml: string): KubernetesObject[] =>
  parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
