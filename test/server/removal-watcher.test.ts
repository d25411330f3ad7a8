import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { realClock } from '../../twin/engine/index.ts';
import { type LiveAccess, openLivePorts } from '../../twin/live/index.ts';
import { watchRemovals } from '../../twin/server/removal-watcher.ts';
import { newFolder } from '../live/support/folder.ts';

const past = '2020-01-01T10:00:00.000Z';
const far = '2099-01-01T10:00:00.000Z';
let folder: string;
let access: LiveAccess;

beforeEach(async () => {
  folder = await newFolder();
  access = openLivePorts(folder);
});
afterEach(async () => {
  access.close();
  await rm(folder, { recursive: true, force: true });
});

/** Watches until `enough` have been fired; the first `refusals` of them are refused. */
const firedOf = async (enough: number, refusals = 0) => {
  const fired: string[] = [];
  const errors: unknown[] = [];
  const done = Promise.withResolvers<void>();
  const stop = watchRemovals({
    removals: access.removals,
    clock: realClock,
    async fire(drill) {
      fired.push(drill);
      if (fired.length >= enough) done.resolve();
      if (fired.length <= refusals) throw new Error('busy');
    },
    onError: (error) => errors.push(error),
  });
  await done.promise;
  await stop();
  return { fired, errors };
};

test('what is due is fired, oldest first, and then it is armed no longer', async () => {
  await access.removals.arm('shop-d2', '2020-01-02T10:00:00.000Z');
  await access.removals.arm('shop-d1', past);
  expect(await firedOf(2)).toEqual({ fired: ['shop-d1', 'shop-d2'], errors: [] });
  expect(await access.removals.armed('shop-d1')).toBeUndefined();
});

test('what is not due yet stays armed', async () => {
  await access.removals.arm('shop-d1', past);
  await access.removals.arm('shop-d9', far);
  expect((await firedOf(1)).fired).toEqual(['shop-d1']);
  expect(await access.removals.armed('shop-d9')).toBe(far);
});

test('what was refused is fired again', async () => {
  await access.removals.arm('shop-d1', past);
  const { fired, errors } = await firedOf(2, 1);
  expect(fired).toEqual(['shop-d1', 'shop-d1']);
  expect(errors).toHaveLength(1);
  expect(await access.removals.armed('shop-d1')).toBeUndefined();
});

test('what was armed by a process that is gone is fired by the next', async () => {
  await access.removals.arm('shop-d1', past);
  access.close();
  access = openLivePorts(folder);
  expect((await firedOf(1)).fired).toEqual(['shop-d1']);
});
