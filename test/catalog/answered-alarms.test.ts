import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import { remediationSectionOf } from '../../lib/catalog/remediation-section.ts';
import { playbookFor } from '../../lib/domain/remediation/playbook-for.ts';
import { alarmsOfOurs } from './alarms-of-ours.ts';

const file = 'config/catalog.yml';
const catalog = parseCatalog(readFileSync(file, 'utf8'), file);
const { playbooks } = remediationSectionOf(catalog);
const ours = alarmsOfOurs(catalog);
const names = [...new Set(ours.map(({ name }) => name))];
const answered = new Set(ours.filter((alarm) => playbookFor(alarm, playbooks)).map(({ name }) => name));

const [, section = ''] = readFileSync('docs/remediation.md', 'utf8').split('## Alarms that no playbook answers');
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`.+?) \| (.+) \|$/gm)];
const listed = rows.flatMap(([, alarms = '']) => [...alarms.matchAll(/`([^`]+)`/g)].map(([, alarm = '']) => alarm));
const fits = (pattern: string, name: string): boolean =>
  pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : pattern === name;

test('alarms of every kind are found, those that the catalog names among them', () => {
  const few = ['evenkeel-production-database-lag', 'evenkeel-production-mcp-manager-blue-unhealthy', 'PodCrashLoops'];
  const manager = catalog.services.find(({ name }) => name === 'mcp-manager')?.alarms ?? [];
  expect(names).toEqual(expect.arrayContaining([...few, ...manager, 'evenkeel-production-RemediationBadEnds']));
});

test('each has a playbook, or is listed with a reason', () => {
  expect(names.filter((name) => !answered.has(name) && !listed.some((pattern) => fits(pattern, name)))).toEqual([]);
});

test('none is listed that has a playbook, or that there is not', () => {
  const unanswered = names.filter((name) => !answered.has(name));
  expect(listed.filter((pattern) => !unanswered.some((name) => fits(pattern, name)))).toEqual([]);
  expect(listed.filter((pattern) => [...answered].some((name) => fits(pattern, name)))).toEqual([]);
});

test('each playbook answers an alarm of ours, begins in shadow and ends with people', () => {
  const used = new Set(ours.map((alarm) => playbookFor(alarm, playbooks)?.name));
  expect(playbooks.filter(({ name }) => !used.has(name)).map(({ name }) => name)).toEqual([]);
  expect(new Set(playbooks.map(({ mode }) => mode))).toEqual(new Set(['shadow']));
  expect(new Set(playbooks.map(({ rungs }) => rungs.at(-1)?.act.kind))).toEqual(new Set(['page']));
});
