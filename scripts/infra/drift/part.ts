import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCatalog } from '../../../lib/catalog/parse-catalog.ts';
import type { Catalog } from '../../../lib/contracts/catalog.ts';
import { root } from '../kubernetes/cache.ts';
import type { Part } from '../part.ts';
import { readConfiguration } from './configuration.ts';
import { type Written, writtenRules } from './configuration-rules.ts';
import { boundGroups, readManifests } from './manifest-files.ts';
import { stackNames } from './names.ts';
import { brokenRules } from './rule.ts';

export const readCatalog = async (): Promise<Catalog> =>
  parseCatalog(await readFile(join(root, 'config/catalog.yml'), 'utf8'), 'config/catalog.yml');

export const readWritten = async (): Promise<Written> => ({
  controlPlane: await readConfiguration('terraform/modules/control-plane'),
  observability: await readConfiguration('terraform/modules/observability'),
  catalog: await readCatalog(),
  names: stackNames,
  groups: boundGroups(await readManifests('k8s/base/access/evenkeel.yaml')),
});

/** Names that Terraform, the stack, the manifests and the code share, as far as files tell; the rest needs an apply. */
export const driftPart: Part = async () => ({
  counts: { rules: writtenRules.length },
  problems: brokenRules('drift', writtenRules, await readWritten()),
});
