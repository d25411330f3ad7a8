import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCatalog } from '../lib/catalog/parse-catalog.ts';

const root = join(import.meta.dirname, '..');
const written = 'config/catalog.yml';

/** Where the package has it, from its root. */
export const packagedCatalog = 'build/catalog.json';

/**
 * Checks the catalog and writes it as the functions read it. Errors: `CatalogInvalid` with every problem and its line;
 * then nothing is written.
 */
export const packageCatalog = (
  source = join(root, written),
  target = join(root, packagedCatalog),
  name = written,
): void => {
  const catalog = parseCatalog(readFileSync(source, 'utf8'), name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(catalog));
};
