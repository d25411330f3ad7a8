import { join } from 'node:path';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import { repositoryRoot } from '../../twin/wiring/index.ts';

/** The catalog of the twin in this checkout, wherever the command was called from. */
export const twinCatalogs = yamlCatalogs.create({ CATALOG_FILE: join(repositoryRoot, 'twin', 'catalog.yml') });
