import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { CatalogInvalid } from '../../lib/contracts/failures.ts';
import type { EscalationStep } from '../../lib/contracts/on-call.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { modelRemediation } from '../../twin/model/remediation-section.ts';

const problemsOf = (remediation: unknown): string => {
  try {
    parseCatalog(stringify({ ...modelCatalog(), remediation }), 'c.yml');
    return '';
  } catch (error) {
    return ((error as CatalogInvalid).data.problems as string[]).join('\n');
  }
};
const [playbook] = modelRemediation.playbooks as [Playbook];
const withPlaybook = (differs: object) => ({ ...modelRemediation, playbooks: [{ ...playbook, ...differs }] });
const withSteps = (...platform: EscalationStep[]) => ({ ...modelRemediation, escalations: { platform } });
const withOverride = (override: object) => ({
  ...modelRemediation,
  rotas: { ...modelRemediation.rotas, leads: { ...modelRemediation.rotas.leads, overrides: [override] } },
});
const restart = { act: { kind: 'restart-rollout' } };

test('a good section has no problem', () => {
  expect(problemsOf(modelRemediation)).toBe('');
});

test('an act that Terraform owns is a text for people, so nobody need carry it out', () => {
  const rungs = [{ act: { kind: 'scale-node-group', group: 'general', by: 1, atMost: 12 } }];
  const section = withPlaybook({ rungs });
  expect(problemsOf({ ...section, ownedByTerraform: ['scale-node-group'] })).toBe('');
  expect(problemsOf(section)).toContain('must be an act that a machine carries out, got "scale-node-group"');
});

test.each(['config/catalog.yml', 'twin/catalog.yml'])('%s has one', (file) => {
  expect(parseCatalog(readFileSync(file, 'utf8'), file).remediation?.playbooks.length).toBeGreaterThan(0);
});

test.each<[string, object, string]>([
  ['guards nobody knows', withPlaybook({ guards: 'lax' }), 'remediation.playbooks.0.guards: must be one of standard'],
  ['an escalation nobody knows', withPlaybook({ escalation: 'x' }), 'remediation.playbooks.0.escalation: must be one'],
  [
    'a window that lasts no time',
    { ...modelRemediation, maintenance: [{ day: 'sunday', from: '00:00', to: '00:00', reason: 'updates' }] },
    'remediation.maintenance.0: expected `to` to differ from `from`',
  ],
  [
    'a rung after a page',
    withPlaybook({ rungs: [{ act: { kind: 'page' } }, restart] }),
    'remediation.playbooks.0.rungs.0.act: must be the last rung',
  ],
  [
    'an act that nobody carries out',
    withPlaybook({ rungs: [{ act: { kind: 'rotate-credential' } }] }),
    'remediation.playbooks.0.rungs.0.act.kind: must be an act that a machine carries out, got "rotate-credential"',
  ],
  [
    'an act on whatever the alarm is about, where that may be anything',
    withPlaybook({ match: { field: 'name', equals: 'shop-errors' }, rungs: [restart] }),
    'remediation.playbooks.0.rungs.0.act.service: must name its service, or match only alarms of one ({ field: resource.kind, equals: service })',
  ],
  [
    'an act on a service nobody knows',
    withPlaybook({ rungs: [{ act: { kind: 'restart-rollout', service: 'nobody' } }] }),
    'remediation.playbooks.0.rungs.0.act.service: must be a service of the catalog (shop), got "nobody"',
  ],
  [
    'a drill of a database nobody knows',
    withPlaybook({ rungs: [{ act: { kind: 'run-restore-test', database: 'nobody' } }] }),
    'remediation.playbooks.0.rungs.0.act.database: must be a database of the catalog (shop-db), got "nobody"',
  ],
  [
    'a playbook twice',
    { ...modelRemediation, playbooks: [playbook, playbook] },
    'remediation.playbooks.1.name: must be the only one of its name',
  ],
  [
    'a rota nobody knows',
    { ...modelRemediation, escalations: { platform: [{ rota: 'night', afterSeconds: 0 }] } },
    'remediation.escalations.platform.0.rota: must be one of the rotas (platform, leads), got "night"',
  ],
  [
    'a first step that waits',
    withSteps({ rota: 'platform', afterSeconds: 60 }),
    'remediation.escalations.platform.0.afterSeconds: must be 0 for the first step, got 60',
  ],
  [
    'a step that is not later than the one before',
    withSteps({ rota: 'platform', afterSeconds: 0 }, { rota: 'leads', afterSeconds: 0 }),
    'remediation.escalations.platform.1.afterSeconds: must be later than the step before (0), got 0',
  ],
  [
    'an override of a stranger',
    withOverride({ person: 'mallory', from: '2026-05-01T00:00:00.000Z', to: '2026-05-02T00:00:00.000Z' }),
    'remediation.rotas.leads.overrides.0.person: must be one of its people (carol), got "mallory"',
  ],
  [
    'an override that ends before it begins',
    withOverride({ person: 'carol', from: '2026-05-02T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' }),
    'remediation.rotas.leads.overrides.0: expected `to` after `from`',
  ],
])('%s is refused by name', (_, section, problem) => {
  expect(problemsOf(section)).toContain(problem);
});

test.each<[string, object]>([
  [
    'names its service',
    { match: { field: 'name', equals: 'x' }, rungs: [{ act: { kind: 'restart-rollout', service: 'shop' } }] },
  ],
  [
    'is about alarms that say whose users feel it',
    { match: { field: 'resource.service', exists: true }, rungs: [restart] },
  ],
])('an act that %s has a target', (_, differs) => {
  expect(problemsOf(withPlaybook(differs))).toBe('');
});
