import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backOffMs, planSlot } from '../../../twin/live/cluster/plan.ts';
import type { Pod } from '../../../twin/live/cluster/pod.ts';
import type { Wish } from '../../../twin/live/cluster/wish.ts';
import { digestOf } from '../../contracts/good.ts';

const wish: Wish = { digest: digestOf('a'), replicas: 2, floor: 2, generation: 2, restarts: {}, crashing: false };
const always = () => true;

const aPod = (differs: Partial<Pod> = {}): Pod => ({
  pod: 'shop-green-2-0-abc',
  service: 'shop',
  slot: 'green',
  digest: digestOf('a'),
  generation: 2,
  ordinal: 0,
  pid: 4711,
  port: 8080,
  phase: 'ready',
  misses: 0,
  nextCheckMs: 0,
  checking: false,
  sinceMs: 0,
  ...differs,
});

describe('a slot', () => {
  test('that has what it wants is left alone', () => {
    const pods = [aPod(), aPod({ ordinal: 1 })];
    expect(planSlot(wish, pods, always)).toEqual({ start: [], drain: [] });
  });

  test('starts what is missing', () => {
    expect(planSlot(wish, [aPod({ ordinal: 1 })], always)).toEqual({ start: [0], drain: [] });
  });

  test('waits for the back-off of a replica', () => {
    expect(planSlot(wish, [], (ordinal) => ordinal === 1).start).toEqual([1]);
  });

  test('drains pods of an earlier generation and starts its own', () => {
    const old = aPod({ generation: 1 });
    expect(planSlot(wish, [old], always)).toEqual({ start: [0, 1], drain: [old] });
  });

  test('keeps the pods before a restart until those in their places are ready', () => {
    const restarted = { ...wish, since: 1 };
    const old = [aPod({ generation: 1 }), aPod({ generation: 1, ordinal: 1 })];
    expect(planSlot(restarted, old, always)).toEqual({ start: [0, 1], drain: [] });
    const half = [...old, aPod(), aPod({ ordinal: 1, phase: 'starting' })];
    expect(planSlot(restarted, half, always)).toEqual({ start: [], drain: [old[0]] });
  });

  test('does not keep them when they ran something else', () => {
    const before = aPod({ generation: 1 });
    expect(planSlot({ ...wish, since: 2, generation: 3 }, [before], always).drain).toEqual([before]);
  });

  test('drains the second of two pods for one replica', () => {
    const twin = aPod({ pod: 'shop-green-2-0-def' });
    expect(planSlot({ ...wish, replicas: 1, floor: 1 }, [aPod(), twin], always).drain).toEqual([twin]);
  });

  test('does not count on a pod that is leaving', () => {
    expect(planSlot(wish, [aPod({ phase: 'draining' }), aPod({ ordinal: 1 })], always)).toEqual({
      start: [0],
      drain: [],
    });
  });

  test('whatever runs, ends with one pod per replica and nothing else', () => {
    const pod = fc.record({
      generation: fc.integer({ min: 1, max: 3 }),
      ordinal: fc.integer({ min: 0, max: 4 }),
      phase: fc.constantFrom<Pod['phase']>('starting', 'ready', 'unready', 'draining'),
    });
    fc.assert(
      fc.property(fc.array(pod, { maxLength: 12 }), fc.integer({ min: 0, max: 4 }), (running, replicas) => {
        const pods = running.map((differs, index) => aPod({ ...differs, pod: `pod-${index}` }));
        const { start, drain } = planSlot({ ...wish, replicas, floor: replicas }, pods, always);
        const left = pods.filter((each) => each.phase !== 'draining' && !drain.includes(each));
        const ordinals = [...left.map(({ ordinal }) => ordinal), ...start].sort();
        expect(ordinals).toEqual(Array.from({ length: replicas }, (_, ordinal) => ordinal));
        expect(left.every(({ generation }) => generation === wish.generation)).toBe(true);
      }),
    );
  });
});

test('the back-off doubles and has an end', () => {
  expect([0, 1, 2, 3, 20].map(backOffMs)).toEqual([0, 100, 200, 400, 10_000]);
});
