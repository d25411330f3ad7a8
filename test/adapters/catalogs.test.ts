import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import { describeCatalogs } from '../contracts/catalogs.contract.ts';
import { failure } from '../contracts/good.ts';
import { aCatalog } from '../support/builders.ts';
import { fromEnvironment } from '../support/settings.ts';

const adapters = { yaml: yamlCatalogs, packaged: bundledCatalogs };
const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
afterAll(() => rm(folder, { recursive: true }));

const fileOf = async (text: string): Promise<string> => {
  const file = join(folder, 'catalog');
  await writeFile(file, text);
  return file;
};

describe.each(Object.entries(adapters))('%s', (name, adapter) => {
  const catalogsIn = (CATALOG_FILE: string) => fromEnvironment(adapter, { CATALOG_FILE });
  // JSON is YAML.
  describeCatalogs(name, async () => ({ port: catalogsIn(await fileOf(JSON.stringify(aCatalog()))) }));

  test('a catalog with errors is refused with the name of its file', async () => {
    const file = await fileOf('{ "version": 2 }');
    const read = catalogsIn(file).current();
    await expect(read).rejects.toEqual(failure('CatalogInvalid'));
    await expect(read).rejects.toThrow(file);
  });

  test('a catalog that is not there is a fault, not an empty catalog', async () => {
    await expect(catalogsIn('nowhere').current()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
