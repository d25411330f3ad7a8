import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { catalogSchema, schemaPath } from '../../scripts/catalog-schema.ts';

const catalogs = ['config/catalog.yml', 'twin/catalog.yml'];
const written = readFileSync(schemaPath, 'utf8');
const fits = new Ajv({ formats: { 'date-time': true }, allErrors: true }).compile(JSON.parse(written));
const root = join(import.meta.dirname, '../..');

test('the schema is that of the contract: run `npm run schema` after a change of it', () => {
  expect(written).toBe(catalogSchema());
});

test.each(catalogs)('%s is valid under it, and tells editors where it is', (file) => {
  const text = readFileSync(file, 'utf8');
  fits(parse(text));
  expect(fits.errors).toBeNull();
  const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
  expect(relative(root, resolve(dirname(file), named))).toBe(relative(root, schemaPath));
});

type Section = { playbooks: { match: object; rungs: { act: object }[] }[] };
const withPlaybook = (change: (playbook: Section['playbooks'][number]) => void): unknown => {
  const catalog = parse(readFileSync('config/catalog.yml', 'utf8')) as { remediation: Section };
  const [first] = catalog.remediation.playbooks;
  if (first) change(first);
  return catalog;
};

test.each<[string, (playbook: Section['playbooks'][number]) => void]>([
  ['a setting nobody knows', (playbook) => Object.assign(playbook, { retries: 3 })],
  ['an operator nobody knows', (playbook) => Object.assign(playbook, { match: { field: 'name', like: 'x' } })],
  ['a wrong one that is nested', (playbook) => Object.assign(playbook, { match: { all: [{ not: { field: 'x' } }] } })],
  ['an act nobody knows', (playbook) => Object.assign(playbook, { rungs: [{ act: { kind: 'hope' } }] })],
])('%s is seen as it is typed', (_, change) => {
  expect(fits(withPlaybook(() => undefined))).toBe(true);
  expect(fits(withPlaybook(change))).toBe(false);
});
