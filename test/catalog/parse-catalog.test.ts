import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { CatalogInvalid } from '../../lib/contracts/failures.ts';
import { aCatalog, aPolicy, aService } from '../support/builders.ts';

const problemsOf = (text: string): string[] => {
  try {
    parseCatalog(text, 'c.yml');
    return [];
  } catch (error) {
    expect((error as Error).name).toBe('CatalogInvalid');
    return (error as CatalogInvalid).data.problems as string[];
  }
};
const problemsIn = (catalog: unknown): string[] => problemsOf(stringify(catalog));

describe('a catalog', () => {
  test.each(['config/catalog.yml', 'twin/catalog.yml'])('%s has no problem, and both services', (file) => {
    const { services } = parseCatalog(readFileSync(file, 'utf8'), file);
    expect(services.map(({ name }) => name)).toEqual(['mcp-manager', 'mcp-frontend']);
  });

  test('is read as it was written', () => {
    expect(parseCatalog(stringify(aCatalog()), 'c.yml')).toEqual(aCatalog());
  });

  test('reports all problems at once, of shapes and of rules, in order of lines', () => {
    const text = `version: 1
freezes:
  - { from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z', reason: stocktaking }
policies: {}
services:
  - name: shop
    flor: 3
    floor: 0
    smokePath: health
    alarms: []
    policy: fast
  - name: shop
    alarms: [a, a]
    policy: fast
extra: 1
`;
    const unknownPolicy = 'must be one of the policies (), got "fast"';
    expect(problemsOf(text)).toEqual([
      'c.yml:3:37: freezes.0.to: must be after from (2026-02-02T00:00:00Z), got 2026-02-01T00:00:00Z',
      'c.yml:7:5: services.0.flor: unknown setting',
      'c.yml:8:5: services.0.floor: expected at least 1, got 0',
      'c.yml:9:5: services.0.smokePath: expected a path that starts with /, got health',
      'c.yml:10:5: services.0.alarms: must name at least one alarm that guards it, got none',
      `c.yml:11:5: services.0.policy: ${unknownPolicy}`,
      'c.yml:12:5: services.1.floor: required, got nothing',
      'c.yml:12:5: services.1.smokePath: required, got nothing',
      'c.yml:12:5: services.1.name: must be the only one of its name, got "shop" again',
      'c.yml:13:5: services.1.alarms: must name each alarm once, got a, a',
      `c.yml:14:5: services.1.policy: ${unknownPolicy}`,
      'c.yml:15:1: extra: unknown setting',
    ]);
  });

  test('points at the very field of a policy that contradicts itself', () => {
    const policy = aPolicy({ leaseSeconds: 60 });
    const text = stringify(aCatalog({ policies: { standard: policy } }));
    const line = text.split('\n').findIndex((row) => row.includes('leaseSeconds')) + 1;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(`^c.yml:${line}:5: policies.standard.leaseSeconds: must be longer than .*, got 60$`),
    ]);
  });

  test('says what is wrong with a value of the wrong type', () => {
    const watch = { ...aPolicy().watch, alpha: 'small', pollSeconds: 1.5 };
    const problems = problemsIn({ ...aCatalog(), policies: { standard: { ...aPolicy(), watch } } });
    expect(problems).toEqual([
      expect.stringMatching(/policies\.standard\.watch\.alpha: .*number.*, got small$/),
      expect.stringMatching(/policies\.standard\.watch\.pollSeconds: expected a whole number, got 1\.5$/),
    ]);
  });

  test('may not say what nothing reads', () => {
    const verify = { ...aPolicy().verify, deadlineSeconds: 60 };
    const problems = problemsIn({ ...aCatalog(), policies: { standard: { ...aPolicy(), verify } } });
    expect(problems).toEqual([expect.stringMatching(/policies\.standard\.verify\.deadlineSeconds: /)]);
  });

  test.each([
    ['a list that is not closed', 'version: 1\nfreezes: [\n', /^c\.yml:3:1: catalog: /],
    ['a key twice', 'version: 1\nversion: 1\n', /^c\.yml:2:1: catalog: .*unique/],
  ])('with broken YAML, %s, is refused where it breaks', (_, text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });

  test.each(['', '- a list', 'just text'])('that is no catalog at all is refused: %j', (text) => {
    expect(problemsOf(text)[0]).toMatch(/^c\.yml:1:1: /);
  });

  test('may name a service once only, also among others', () => {
    const services = [aService(), aService({ name: 'shop2' }), aService()];
    expect(problemsIn(aCatalog({ services }))).toEqual([expect.stringContaining('services.2.name')]);
  });
});
