import { expect, test } from '@jest/globals';
import { readText } from '../support/sources.ts';

const { dependencies, devDependencies } = JSON.parse(readText('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const all = { ...dependencies, ...devDependencies };

const reasons = readText('docs/dependencies.md')
  .split('\n')
  .map((line) => /^\| `([^`]+)` \| (.+) \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, name = '', reason = '']) => ({ name, reason }));

test('docs/dependencies.md has every dependency, and none that is gone', () => {
  expect(reasons.map(({ name }) => name).sort()).toEqual(Object.keys(all).sort());
});

test('each dependency has a reason', () => {
  expect(reasons.filter(({ reason }) => reason.length < 15)).toEqual([]);
});

test('each version is exact', () => {
  expect(
    Object.entries(all).filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
  ).toEqual([]);
});
