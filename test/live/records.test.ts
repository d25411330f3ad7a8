import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { verifyChain } from '../../lib/domain/ledger/chain.ts';
import { pullImage, pushImage } from '../../twin/live/images/registry.ts';
import { openLivePorts } from '../../twin/live/index.ts';
import { openDurable } from '../../twin/live/process/durable-value.ts';
import { tryLock } from '../../twin/live/process/lock.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { readBuckets } from '../../twin/live/router/bucket-log.ts';
import { aFact, digestOf, failure } from '../contracts/good.ts';
import { newFolder } from './support/folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => rm(folder, { recursive: true }));

describe('a durable value', () => {
  const open = () => openDurable(`${folder}/value.json`, v.object({ count: v.number() }), { count: 0 });

  test('is on disk when a change returns, whoever reads it next', async () => {
    const value = await open();
    await Promise.all([1, 2, 3].map(() => value.change(({ count }) => ({ count: count + 1 }))));
    expect((await open()).current).toEqual({ count: 3 });
    expect(await readdir(folder)).toEqual(['value.json']);
  });

  test('is not changed by a change that throws, and later ones still work', async () => {
    const value = await open();
    const refused = value.change(() => {
      throw new Error('no');
    });
    const next = value.change(({ count }) => ({ count: count + 5 }));
    await expect(refused).rejects.toThrow('no');
    await next;
    expect(value.current).toEqual({ count: 5 });
  });

  test('that cannot be read as what it should be is refused, not replaced', async () => {
    await writeFile(`${folder}/value.json`, '{"count":"three"}');
    await expect(open()).rejects.toEqual(failure('RecordCorrupt'));
  });
});

describe('an image', () => {
  const push = () => pushImage(folder, { repository: 'shop', tag: 'v1', behaviour: {} }, { status: 'absent' });

  test('is the same by the same content', async () => {
    expect(await push()).toBe(await push());
  });

  test('that is not what its digest says is not run', async () => {
    const digest = await push();
    await appendFile(paths.image(folder, 'shop', digest), ' ');
    await expect(pullImage(folder, 'shop', digest)).rejects.toEqual(failure('RecordCorrupt'));
  });

  test('that is not there is not run', async () => {
    await expect(pullImage(folder, 'shop', digestOf('e'))).rejects.toEqual(failure('ImageNotFound'));
  });
});

test('two processes that write one ledger leave one chain', async () => {
  const writers = [openLivePorts(folder), openLivePorts(folder)];
  const appends = Array.from({ length: 20 }, (_, i) =>
    writers[i % 2]?.ports.ledger.append(aFact({ key: `fact-${i}` })),
  );
  await Promise.all(appends);
  const entries = (await writers[0]?.ports.ledger.read('shop', 0, 100)) ?? [];
  for (const { close } of writers) close();
  expect(entries).toHaveLength(20);
  expect(verifyChain(entries)).toEqual({ ok: true });
});

test('a lock has one holder, and is free when that lets go', () => {
  const path = paths.lock(folder, 'router');
  const first = tryLock(path);
  expect(tryLock(path)).toBeUndefined();
  first?.[Symbol.dispose]();
  const second = tryLock(path);
  expect(second).toBeDefined();
  second?.[Symbol.dispose]();
});

test('a bucket whose line was cut short is left out', async () => {
  const path = paths.buckets(folder, 'shop');
  const bucket = { start: '2026-05-01T10:00:00.000Z', slot: 'blue', requests: 1, failures: 0, p95Ms: 1, p99Ms: 1 };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(bucket)}\n{"start":"2026-05-01T10`);
  expect(await readBuckets(path)).toEqual([bucket]);
});

test('what needs a process says that it does not run', async () => {
  const { ports, close } = openLivePorts(folder);
  await expect(ports.traffic.weights('shop')).rejects.toEqual(failure('DependencyUnavailable'));
  await expect(ports.cluster.slot('shop', 'blue')).rejects.toEqual(failure('DependencyUnavailable'));
  close();
});
