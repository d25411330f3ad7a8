import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverIsReady } from '../../twin/live/databases/server.ts';
import { newFolder } from './support/folder.ts';

let folder = '';
let pid = 0;
let end = () => {};

/** A process that names the folder on its command line, as a server does, for as long as its input is open. */
beforeAll(async () => {
  folder = await newFolder();
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()', '--', folder]);
  await once(child, 'spawn');
  pid = child.pid ?? 0;
  end = () => child.stdin.end();
});

afterAll(async () => {
  end();
  await rm(folder, { recursive: true });
});

const say = (server: number, status: string) =>
  writeFile(join(folder, 'postmaster.pid'), [server, folder, 0, 0, '', '', '', `${status}   `].join('\n'));

test.each([
  ['starting', false],
  ['standby', false],
  ['ready', true],
  ['stopping', false],
])('a server that says "%s" takes connections: %s', async (status, ready) => {
  await say(pid, status);
  expect(await serverIsReady(folder)).toBe(ready);
});

test('a file that a dead server left says nothing', async () => {
  await say(2 ** 22 + 1, 'ready');
  expect(await serverIsReady(folder)).toBe(false);
});
