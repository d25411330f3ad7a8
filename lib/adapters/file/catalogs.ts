import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { Catalog } from '../../contracts/catalog.ts';
import { CatalogInvalid } from '../../contracts/failures.ts';
import type { Catalogs } from '../../ports/catalogs.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { once } from '../once.ts';

/**
 * The catalog that was checked and packaged beside the code, as JSON: a YAML parser would be a fifth of a function.
 * CATALOG_FILE is relative to the working directory, which is the package's root on Lambda. It cannot change under a
 * running process.
 */
export const bundledCatalogs = adapter({ CATALOG_FILE: setting }, ({ CATALOG_FILE }): Catalogs => {
  const parsed = once(async () => parse(await readFile(CATALOG_FILE, 'utf8'), CATALOG_FILE));
  return { current: parsed };
});

/** Only the shape: the rules were checked, with the line of each problem, when it was packaged. */
const parse = (text: string, file: string): Catalog => {
  const parsed = v.safeParse(Catalog, JSON.parse(text));
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new CatalogInvalid(`${file}: ${problems.join('; ')}`, { problems });
};
