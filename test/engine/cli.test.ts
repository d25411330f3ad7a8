import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FUNCTION, machine } from './support/lab.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const MAIN = join(import.meta.dirname, '../../twin/engine/main.ts');

function file(name: string, content: object): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

function engine(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const paying = machine({
  Charge: { Type: 'Task', Resource: `${FUNCTION}charge`, Retry: [{ ErrorEquals: ['Busy'] }], Next: 'Ask' },
  Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Arguments: {}, End: true },
});

describe('the command line', () => {
  test('runs a machine against a mock file, in virtual time', () => {
    const mocks = {
      charge: [{ throw: { error: 'Busy' } }, { return: { paid: true } }],
      'sqs:sendMessage': [{ return: {}, succeed: { approved: true } }],
    };
    const { status, stdout } = engine(
      'run',
      file('m.json', paying),
      file('i.json', { n: 1 }),
      '--mock',
      file('mock.json', mocks),
    );

    const { output, events } = JSON.parse(stdout);
    expect([status, output]).toEqual([0, { approved: true }]);
    expect(events.map(({ type }: { type: string }) => type)).toContain('LambdaFunctionFailed');
  });

  test('says by its exit that an execution failed', () => {
    const { status, stdout } = engine('run', file('m.json', paying));

    expect([status, JSON.parse(stdout).error]).toEqual([1, 'Lambda.ResourceNotFoundException']);
  });

  test('names all that is wrong with a mock file', () => {
    const { status, stderr } = engine(
      'run',
      file('m.json', paying),
      '--mock',
      file('mock.json', { a: [], b: [{ answer: 1 }] }),
    );

    expect(status).toBe(2);
    expect(stderr).toContain(
      'a: must be a list with at least one step; b[0]: unknown answer; known are return, throw, succeed, fail',
    );
  });

  test('tells why a machine is refused', () => {
    const { status, stdout } = engine('validate', file('m.json', machine({ A: { Type: 'Pass' } })));

    expect(status).toBe(1);
    expect(stdout).toContain('/States/A: SCHEMA_VALIDATION_FAILED: One of these fields is required: [Next, End]');
  });
});
