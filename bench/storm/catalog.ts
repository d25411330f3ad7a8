import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../program.ts';

/** The twin's catalog with one playbook, which decides and looks on: there is no world to act on, and nothing is told twice. */
export const stormCatalog = async (): Promise<unknown> => {
  const catalog = parse(await readFile(join(repository, 'twin', 'catalog.yml'), 'utf8'));
  const { services } = catalog;
  const rung = { act: { kind: 'restart-rollout', service: services[0].name }, periods: 1, patience: 1 };
  const storm = {
    name: 'storm',
    match: { field: 'name', startsWith: 'storm-' },
    rungs: [rung],
    success: { kind: 'alarm-over' },
    guards: 'standard',
    mode: 'shadow',
    approvalSeconds: 600,
    escalation: 'standard',
  };
  return { ...catalog, remediation: { ...catalog.remediation, playbooks: [storm] } };
};
