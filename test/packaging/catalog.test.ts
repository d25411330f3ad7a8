import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import { packageCatalog } from '../../serverless/catalog.ts';
import { bundledFiles } from './bundled-commands.ts';

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  target = join(folder, 'new', 'catalog.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('functions read the catalog that people wrote', async () => {
  const source = 'config/catalog.yml';
  packageCatalog(source, target);
  const packaged = await bundledCatalogs.create({ CATALOG_FILE: target }).current();
  expect(packaged).toEqual(await yamlCatalogs.create({ CATALOG_FILE: source }).current());
});

test('a catalog with errors is not packaged; all of them are told, each with its line', async () => {
  const source = join(folder, 'catalog.yml');
  await writeFile(source, 'version: 2\nfreezes: none\n');
  const message = expect.stringMatching(/^c\.yml:1:1: version: .*\nc\.yml:1:1: .*\nc\.yml:2:1: freezes: /s);
  expect(() => packageCatalog(source, target, 'c.yml')).toThrow(
    expect.objectContaining({ name: 'CatalogInvalid', message }),
  );
  expect(existsSync(target)).toBe(false);
});

test('no bundle carries the YAML parser', async () => {
  const files = [...(await bundledFiles()).values()].flat();
  expect(files.filter((file) => file.includes('node_modules/yaml/'))).toEqual([]);
}, 300_000);
