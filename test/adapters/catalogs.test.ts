import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { describeCatalogs } from '../contracts/catalogs.contract.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const catalogsIn = (CATALOG_FILE: string) => fromEnvironment(bundledCatalogs, { CATALOG_FILE });

describeCatalogs('file', async () => ({ port: catalogsIn('config/catalog.yml') }));

test('a catalog with errors is refused with the name of its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  const file = join(folder, 'catalog.yml');
  await writeFile(file, 'version: 2\n');
  const read = catalogsIn(file).current();
  await expect(read).rejects.toEqual(failure('CatalogInvalid'));
  await expect(read).rejects.toThrow(file);
  await rm(folder, { recursive: true });
});

test('a catalog that was not packaged is a fault, not an empty catalog', async () => {
  await expect(catalogsIn('nowhere.yml').current()).rejects.toMatchObject({ code: 'ENOENT' });
});
