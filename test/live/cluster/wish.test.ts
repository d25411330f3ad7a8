import { describe, expect, test } from '@jest/globals';
import { LeaseLost } from '../../../lib/contracts/failures.ts';
import {
  fenced,
  filled,
  pinned,
  restarted,
  retired,
  startedAnew,
  type Wishes,
  wantedOf,
  wishOf,
} from '../../../twin/live/cluster/wish.ts';
import { digestOf } from '../../contracts/good.ts';

const a = digestOf('a');
const fill = (wishes: Wishes, digest = a, token = 1) => fenced(wishes, 'shop', 'green', token, filled(digest, 2));
const green = (wishes: Wishes) => wishOf(wishes, 'shop').slots.green;
const crash = (wishes: Wishes, ordinal: number, generation = 1) =>
  fenced(wishes, 'shop', 'green', 1, restarted(generation, ordinal));

describe('a generation', () => {
  test('goes on when the same digest is asked for again', () => {
    const once = crash(fill({}), 0);
    expect(green(fill(once))).toEqual(green(once));
  });

  test('ends with another digest, and its crashes with it', () => {
    const next = green(fill(crash(fill({}), 0), digestOf('b')));
    expect(next).toMatchObject({ generation: 2, restarts: {}, crashing: false });
  });

  test('ends when the slot is emptied, even if the same digest comes back', () => {
    const emptied = fenced(fill({}), 'shop', 'green', 1, retired);
    expect(green(fill(emptied)).generation).toBe(2);
  });

  test('ends with a restart, once for each, and remembers what may serve until it is replaced', () => {
    const restart = (wishes: Wishes, at: string) => fenced(wishes, 'shop', 'green', 1, startedAnew(at));
    const once = restart(crash(fill({}), 0), '2026-05-01T10:00:00.000Z');
    expect(green(once)).toMatchObject({ digest: a, generation: 2, since: 1, restarts: {} });
    expect(restart(once, '2026-05-01T10:00:00.000Z')).toEqual(once);
    expect(green(restart(once, '2026-05-01T11:00:00.000Z'))).toMatchObject({ generation: 3, since: 1 });
    expect(green(fill(once, digestOf('b')))).not.toHaveProperty('since');
  });

  test('is crashing once one replica restarted three times, and stays so', () => {
    const twiceEach = [0, 0, 1, 1].reduce((wishes, ordinal) => crash(wishes, ordinal), fill({}));
    expect(green(twiceEach).crashing).toBe(false);
    expect(green(fill(crash(twiceEach, 0))).crashing).toBe(true);
  });

  test('does not count the restarts of an earlier one', () => {
    expect(green(crash(fill(fill({}), digestOf('b')), 0, 1)).restarts).toEqual({});
  });
});

test('the floor holds against fewer replicas, but not against emptying the slot', () => {
  const high = fenced(fill({}), 'shop', 'green', 1, pinned(5));
  expect(wantedOf(green(high))).toBe(5);
  expect(wantedOf(green(fenced(high, 'shop', 'green', 1, retired)))).toBe(0);
});

test('one fence guards both slots of a service and no other service', () => {
  const wishes = fill({}, a, 5);
  expect(() => fenced(wishes, 'shop', 'blue', 4, retired)).toThrow(LeaseLost);
  expect(wishOf(fenced(wishes, 'shop-admin', 'blue', 4, retired), 'shop-admin').token).toBe(4);
});
