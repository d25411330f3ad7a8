import { describe, expect, test } from '@jest/globals';
import { programFor } from '../../cli/program.ts';
import { parameters } from '../../serverless/parameters.ts';
import { readText } from '../support/sources.ts';

const readme = readText('README.md');
const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
const firstCells = (pattern: RegExp) => [...readme.matchAll(pattern)].map(([, name = '']) => name).sort();

describe('README', () => {
  test('lists every command of evenkeel, and none that is gone', () => {
    const program = programFor({} as Parameters<typeof programFor>[0], () => {});
    expect(firstCells(/^\| `evenkeel (\w+)/gm)).toEqual(program.commands.map((command) => command.name()).sort());
  });
  test('names only scripts that exist', () => {
    expect(firstCells(/npm run ([\w:-]+)/g).filter((name) => !scripts[name])).toEqual([]);
  });
  test('names every parameter that a deployment needs', () => {
    const names = Object.values(parameters).map(({ Default }) => Default.split('/').at(-1));
    for (const name of names) expect(readme).toContain(`\`${name}\``);
  });
});
