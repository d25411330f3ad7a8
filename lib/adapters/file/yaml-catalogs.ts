import { readFile } from 'node:fs/promises';
import { parseCatalog } from '../../catalog/parse-catalog.ts';
import type { Catalogs } from '../../ports/catalogs.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { once } from '../once.ts';

/** The catalog as people write it, for programs that run beside it. It cannot change under a running process. */
export const yamlCatalogs = adapter({ CATALOG_FILE: setting }, ({ CATALOG_FILE }): Catalogs => {
  const parsed = once(async () => parseCatalog(await readFile(CATALOG_FILE, 'utf8'), CATALOG_FILE));
  return { current: parsed };
});
