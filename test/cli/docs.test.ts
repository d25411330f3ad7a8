import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { awsPlane } from '../../cli/control-plane/aws.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import * as failures from '../../cli/failures.ts';
import type { Host } from '../../cli/host.ts';
import { programFor } from '../../cli/program.ts';
import type { Failure } from '../../lib/contracts/failure.ts';

const docs = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const firstCells = (pattern: RegExp) => [...docs.matchAll(pattern)].map(([, name]) => name).sort();

test('docs/cli.md has exactly the commands that there are', () => {
  const commands = programFor({} as Host, () => {}).commands.map((command) => command.name());
  expect(firstCells(/^\| `([a-z]+)[^`]*` \|/gm)).toEqual(commands.sort());
});

test('docs/cli.md has exactly the errors of the command line', () => {
  expect(firstCells(/^\| `([A-Z]\w+)` \|/gm)).toEqual(Object.keys(failures).sort());
});

test('docs/cli.md has exactly the exit codes', () => {
  expect(firstCells(/^\| (\d+) \|/gm)).toEqual(Object.values(exitCodes).map(String).sort());
});

test('docs/cli.md names exactly the settings of an account', () => {
  const settings = [...docs.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name]) => name ?? '');
  expect([...new Set(settings)].filter((name) => name !== 'NO_COLOR').sort()).toEqual(missingSettings().sort());
});

const missingSettings = (): string[] => {
  try {
    awsPlane({});
    return [];
  } catch (error) {
    const { problems } = (error as Failure).data as { problems: string[] };
    return problems.map((problem) => problem.split(':')[0] ?? '');
  }
};
