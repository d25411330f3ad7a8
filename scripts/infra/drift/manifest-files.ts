import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from '../kubernetes/cache.ts';
import type { KubernetesObject } from '../kubernetes/manifests.ts';

/** The objects of one file of manifests, before any overlay. */
export const readManifests = async (file: string, base = root): Promise<KubernetesObject[]> =>
  parseAllDocuments(await readFile(join(base, file), 'utf8')).map((document) => document.toJS() as KubernetesObject);

/** The Kubernetes groups that role bindings name. */
export const boundGroups = (objects: readonly KubernetesObject[]): string[] =>
  objects
    .filter(({ kind }) => kind === 'RoleBinding')
    .flatMap(({ subjects }) => subjects ?? [])
    .filter(({ kind }) => kind === 'Group')
    .map(({ name }) => name);
