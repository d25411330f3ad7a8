import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import { parseDigest } from '../../lib/catalog/parse-digest.ts';
import { v1 } from '../support/builders.ts';

const good = readFileSync('config/catalog.yml', 'utf8');
const problemsOf = (text: string): string => {
  try {
    parseCatalog(text, 'c.yml');
    return 'no problem';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a catalog', () => {
  test.each(['config/catalog.yml', 'twin/catalog.yml'])('%s has no problem', (file) => {
    expect(parseCatalog(readFileSync(file, 'utf8'), file).services.length).toBeGreaterThan(0);
  });

  test('reports all problems at once, each with its line', () => {
    const text = good
      .replace('alpha: 0.001', 'alpha: 2')
      .replace('floor: 3', 'flor: 3')
      .replace('approval: none', 'approval: chat');
    expect(problemsOf(text).split('\n')).toHaveLength(4);
    expect(problemsOf(text)).toMatch(/c\.yml:\d+:\d+: policies\.standard\.watch\.alpha: expected less than 1, got 2/);
  });

  test.each([
    [
      'weights that do not end at 100',
      good.replace('weight: 100', 'weight: 90'),
      'rise to exactly 100, got 5, 25, 50, 90',
    ],
    ['weights that do not rise', good.replace('weight: 25', 'weight: 5'), 'rise to exactly 100'],
    ['a policy that does not exist', good.replace('policy: standard', 'policy: fast'), '"fast" is not one of standard'],
    ['a service twice', good.replace('name: mcp-frontend', 'name: mcp-manager'), 'is there twice'],
    [
      'a freeze that ends before it begins',
      good.replace('freezes: []', "freezes: [{ from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z', reason: r }]"),
      'must be after from',
    ],
    [
      'a bake too long for one execution',
      good.replace('bakeSeconds: 600', 'bakeSeconds: 86400'),
      "fit in an execution's history",
    ],
    [
      'a heartbeat that a slow look would miss',
      good.replace('heartbeatSeconds: 60', 'heartbeatSeconds: 8'),
      'more than twice pollSeconds',
    ],
    ['a window off the grid', good.replace('windowSeconds: 10', 'windowSeconds: 15'), 'multiple of 10'],
    [
      'a lease shorter than a run',
      good.replace('leaseSeconds: 10800', 'leaseSeconds: 60'),
      'longer than the longest run',
    ],
    ['broken YAML', good.replace('freezes: []', 'freezes: ['), 'c.yml:'],
  ])('refuses %s', (_, text, message) => {
    expect(problemsOf(text)).toContain(message);
  });
});

describe('a digest', () => {
  test('may come with its repository', () => expect(parseDigest(`registry/app@${v1}`)).toBe(v1));
  test.each(['latest', 'app:1.2'])('is not the tag %s', (tag) =>
    expect(() => parseDigest(tag)).toThrow(expect.objectContaining({ name: 'DigestRequired' })),
  );
  test.each(['sha256:12', 'sha1:1234'])('is not %s', (text) =>
    expect(() => parseDigest(text)).toThrow(expect.objectContaining({ name: 'DigestMalformed' })),
  );
});
