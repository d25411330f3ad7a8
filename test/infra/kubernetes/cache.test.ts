import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder = '';
let cached: typeof import('../../../scripts/infra/kubernetes/cache.ts').cached;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-cache-'));
  process.env.EVENKEEL_CACHE = folder;
  ({ cached } = await import('../../../scripts/infra/kubernetes/cache.ts'));
});

afterAll(async () => {
  delete process.env.EVENKEEL_CACHE;
  await rm(folder, { recursive: true });
});

test('two that need the same entry at once make it once', async () => {
  let times = 0;
  const make = async (path: string) => {
    times += 1;
    await writeFile(path, '');
  };
  const [one, other] = await Promise.all([cached('program', make), cached('program', make)]);
  expect([one, other, times]).toEqual([join(folder, 'program'), join(folder, 'program'), 1]);
});

test('what could not be made is told to both, and nothing of it is left for the next process', async () => {
  const make = () => Promise.reject(new Error('no room'));
  const both = await Promise.allSettled([cached('broken', make), cached('broken', make)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await readdir(folder)).toEqual(['program']);
});
