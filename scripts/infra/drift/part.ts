import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCatalog } from '../../../lib/catalog/parse-catalog.ts';
import type { Catalog } from '../../../lib/contracts/catalog.ts';
import { root } from '../kubernetes/cache.ts';
import type { Part } from '../part.ts';
import { readConfiguration, readValues } from './configuration.ts';
import { type Written, writtenRules } from './configuration-rules.ts';
import { failoverRules } from './failover-rules.ts';
import { boundGroups, readManifests } from './manifest-files.ts';
import { stackNames } from './names.ts';
import { brokenRules } from './rule.ts';

export const readCatalog = async (base = root): Promise<Catalog> =>
  parseCatalog(await readFile(join(base, 'config/catalog.yml'), 'utf8'), 'config/catalog.yml');

/** Of the repository, or of a copy of it. */
export const readWritten = async (base = root): Promise<Written> => ({
  controlPlane: await readConfiguration('terraform/modules/control-plane', base),
  database: await readConfiguration('terraform/modules/database', base),
  edge: await readConfiguration('terraform/modules/edge', base),
  failover: await readConfiguration('terraform/modules/failover', base),
  observability: await readConfiguration('terraform/modules/observability', base),
  production: await readConfiguration('terraform/environments/production', base),
  secondRegion: await readConfiguration('terraform/environments/second-region', base),
  domain: (await readValues('terraform/environments/production/terraform.tfvars', base)).domain,
  catalog: await readCatalog(base),
  names: stackNames,
  groups: boundGroups(await readManifests('k8s/base/access/evenkeel.yaml', base)),
});

export const allWrittenRules = [...writtenRules, ...failoverRules];

/** Names that Terraform, the stack, the manifests and the code share, as far as files tell; the rest needs an apply. */
export const driftPart: Part = async () => ({
  counts: { rules: allWrittenRules.length },
  problems: brokenRules('drift', allWrittenRules, await readWritten()),
});
