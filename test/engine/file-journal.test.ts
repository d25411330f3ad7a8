import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEngine, fileJournal, realClock } from '../../twin/engine/index.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

const stop = (n: number) => ({ kind: 'input', arn: `arn:${n}`, atMs: n, input: { kind: 'stop' } }) as const;

describe('the journal in a file', () => {
  test('gives back what was appended, in order', async () => {
    const journal = fileJournal(path);
    await Promise.all([journal.append(stop(1)), journal.append(stop(2))]);
    await journal.append(stop(3));
    await journal.close();

    expect([...fileJournal(path).read()]).toEqual([stop(1), stop(2), stop(3)]);
  });

  test('cuts off a last line that was torn, and goes on after the whole ones', async () => {
    const journal = fileJournal(path);
    await journal.append(stop(1));
    await journal.close();
    appendFileSync(path, '{"kind":"input","arn":"arn:2"');

    const reopened = fileJournal(path);
    await reopened.append(stop(3));
    await reopened.close();

    expect([...fileJournal(path).read()]).toEqual([stop(1), stop(3)]);
  });

  test('writes together what is appended while it writes', async () => {
    const journal = fileJournal(path);
    await Promise.all(Array.from({ length: 1000 }, (_, n) => journal.append(stop(n))));
    await journal.close();

    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1000);
  });
});

const run = () =>
  spawn(process.execPath, [join(import.meta.dirname, 'support/mortal.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const firstLine = (child: ReturnType<typeof run>) =>
  new Promise<string>((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())));

test('an execution goes on after its process was killed', async () => {
  const child = run();
  const arn = await firstLine(child);
  const died = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await died;

  const ended = new Promise<string>((resolve) => {
    const engine = createEngine({
      clock: realClock,
      journal: fileJournal(path),
      invokeLambda: async () => ({ ok: true, payload: 'invoked again' }),
      onStatusChange: ({ status, output }) =>
        status === 'SUCCEEDED' && engine.close().then(() => resolve(output ?? '')),
    });
    engine.resume();
  });

  expect(arn).toMatch(/^arn:aws:states:/);
  expect(JSON.parse(await ended)).toBe('invoked again');
});
