import { join } from 'node:path';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { repositoryRoot } from '../../twin/wiring/index.ts';

/** The catalog of the twin in this checkout, wherever the command was called from. */
export const twinCatalogs = bundledCatalogs.create({ CATALOG_FILE: join(repositoryRoot, 'twin', 'catalog.yml') });
