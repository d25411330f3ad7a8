import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { clustersOf, overlayFolders } from '../../../scripts/infra/kubernetes/manifests.ts';

const k8s = join(import.meta.dirname, '../../../k8s');

test('every folder of overlays is rendered', () => {
  const folders = readdirSync(k8s, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)overlays$/.test(path),
  );
  expect(Object.values(overlayFolders).sort()).toEqual(folders.map((path) => `k8s/${path}`).sort());
});

test('a stage is what its overlays put into its cluster, without those that are parts of others', () => {
  const object = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  const overlays = ['staging', 'staging-handed-over', 'monitoring/staging', 'production'].map((name) => ({
    name,
    objects: [object(name)],
  }));
  expect(
    clustersOf(overlays).map(({ name, objects }) => [name, ...objects.map(({ metadata }) => metadata.name)]),
  ).toEqual([
    ['staging', 'staging', 'monitoring/staging'],
    ['production', 'production'],
  ]);
});
