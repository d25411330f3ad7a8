import { describe, expect, test } from '@jest/globals';
import { plusSeconds } from '../../../lib/contracts/instant.ts';
import { type Moment, momentsOf, stageCounts } from '../../../lib/domain/watch/moments.ts';
import { aBucket, now } from '../../support/builders.ts';

const at = (seconds: number) => plusSeconds(now, seconds);
const both = (seconds: number) => [
  aBucket({ start: at(seconds), slot: 'green' }),
  aBucket({ start: at(seconds), slot: 'blue', requests: 900 }),
];

describe('moments', () => {
  test('join the slots of each bucket; the one that fills is not closed', () => {
    const { moments, missing } = momentsOf([...both(10), ...both(0)], { newSlot: 'green', from: now, now: at(15) });
    expect(missing).toEqual([]);
    expect(moments.map(({ start, closed, live }) => [start, closed, live.requests])).toEqual([
      [at(0), true, 900],
      [at(10), false, 900],
    ]);
  });

  test('name the buckets that are missing, and what came before the shift does not matter', () => {
    const { missing } = momentsOf([...both(-10), ...both(0)], { newSlot: 'green', from: now, now: at(30) });
    expect(missing).toEqual([at(10), at(20)]);
  });

  test('are none when time has not begun', () => {
    expect(momentsOf([], { newSlot: 'green', from: now, now })).toEqual({ moments: [], missing: [] });
  });
});

describe('what a stage answered', () => {
  const moment = (seconds: number): Moment => ({
    start: at(seconds),
    closed: true,
    new: aBucket({ start: at(seconds), failures: 3 }),
    live: aBucket({ start: at(seconds), slot: 'blue' }),
  });
  const moments = [moment(0), moment(10), moment(20)];

  test('leaves the good answers of the switch bucket out, and what came before it', () => {
    expect(stageCounts(moments, at(10)).map(({ requests, failures }) => [requests, failures])).toEqual([
      [3, 3],
      [100, 3],
    ]);
  });

  test('counts the very first bucket whole, because nothing came before', () => {
    expect(stageCounts(moments, now).map(({ requests }) => requests)).toEqual([100, 100, 100]);
  });
});
