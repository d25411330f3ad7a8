import { expect, test } from '@jest/globals';
import { VirtualClock } from '../../twin/engine/index.ts';
import { aBus, anOrder, failed, newFile, quietWiring, startMs, throttled } from './support.ts';

const minuteMs = 60_000;
const secondsAfterStart = (invocations: readonly { atMs: number }[]) =>
  invocations.map(({ atMs }) => (atMs - startMs) / 1000);

test('an event reaches the function whose pattern it matches, as EventBridge would hand it over', async () => {
  const { bus, invocations, pass } = aBus();
  const [published] = bus.publish([anOrder()]);
  await pass(0);
  expect(invocations).toMatchObject([{ key: 'onOrder', payload: published }]);
  expect(published).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'OrderPlaced',
    source: 'shop',
    account: '000000000000',
    time: '2026-05-01T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { order: 'o-1', total: 100, items: ['a', 'b'] },
  });
});

test('an event that matches nothing is accepted and goes nowhere', async () => {
  const { bus, invocations, pass } = aBus();
  bus.publish([anOrder(99)]);
  await pass(0);
  expect([invocations, bus.waiting()]).toEqual([[], 0]);
});

test('an input transformer shapes what the function gets', async () => {
  const { bus, invocations, pass } = aBus();
  bus.publish([{ bus: 'audit', ...anOrder() }]);
  await pass(0);
  expect(invocations).toMatchObject([{ key: 'onOtherBus', payload: { text: 'order o-1 came', items: ['a', 'b'] } }]);
});

test('a failing function is tried again after one minute, then two, then its event is a dead letter', async () => {
  const counts: number[] = [];
  const { bus, invocations, pass } = aBus({ answer: () => failed, onDeadLetters: (count) => counts.push(count) });
  bus.publish([anOrder()]);
  await pass(10 * minuteMs);
  expect(secondsAfterStart(invocations)).toEqual([0, 60, 180]);
  expect(bus.deadLetters()).toMatchObject([{ target: 'onOrder', error: 'Broken: no luck', deadMs: startMs + 180_000 }]);
  expect(counts).toEqual([0, 1]);
});

test('a function that allows no retry gets none', async () => {
  const { bus, invocations, pass } = aBus({ answer: () => failed });
  bus.publish([{ bus: 'audit', ...anOrder() }]);
  await pass(10 * minuteMs);
  expect([invocations.length, bus.deadLetters().length]).toEqual([1, 1]);
});

test('a function that recovers takes its event, and nothing is left', async () => {
  const { bus, invocations, pass } = aBus({
    answer: ({ atMs }) => (atMs === startMs ? failed : { ok: true, payload: 1 }),
  });
  bus.publish([anOrder()]);
  await pass(10 * minuteMs);
  expect([invocations.length, bus.waiting(), bus.deadLetters()]).toEqual([2, 0, []]);
});

test('throttling is retried faster, with doubling waits, and does not use up the retries', async () => {
  const { bus, invocations, pass } = aBus({ answer: ({ atMs }) => (atMs < startMs + 5000 ? throttled : failed) });
  bus.publish([anOrder()]);
  await pass(10 * minuteMs);
  expect(secondsAfterStart(invocations)).toEqual([0, 1, 3, 7, 67, 187]);
});

test('an event that became too old is a dead letter', async () => {
  const { bus, invocations, pass } = aBus({ answer: () => throttled });
  bus.publish([anOrder()]);
  await pass(120 * minuteMs);
  expect(bus.deadLetters()).toMatchObject([{ error: expect.stringContaining('event too old') }]);
  expect(Math.max(...secondsAfterStart(invocations))).toBeLessThanOrEqual(3600);
});

test('an event that waited too long while nothing ran is a dead letter, and its function is not called', async () => {
  const file = newFile();
  const first = aBus({ file, answer: () => failed });
  first.bus.publish([anOrder()]);
  await first.pass(0);
  await first.bus.stop();
  const late = aBus({ file, clock: new VirtualClock(startMs + 61 * minuteMs) });
  await late.pass(0);
  expect(late.invocations).toEqual([]);
  expect(late.bus.deadLetters()).toMatchObject([{ error: 'event too old; not attempted in time' }]);
});

test('a dead letter is sent again on request, with all its retries', async () => {
  let broken = true;
  const counts: number[] = [];
  const { bus, invocations, pass } = aBus({
    answer: () => (broken ? failed : { ok: true, payload: null }),
    onDeadLetters: (count) => counts.push(count),
  });
  bus.publish([anOrder()]);
  await pass(10 * minuteMs);
  broken = false;
  expect(bus.redrive(bus.deadLetters().map(({ id }) => id))).toBe(1);
  await pass(0);
  expect([invocations.length, bus.deadLetters(), bus.waiting()]).toEqual([4, [], 0]);
  expect(counts).toEqual([0, 1, 0]);
});

test('only the dead letters that were named are sent again', async () => {
  const { bus, pass } = aBus({ answer: () => failed });
  bus.publish([
    { bus: 'audit', ...anOrder() },
    { bus: 'audit', ...anOrder() },
  ]);
  await pass(0);
  const [first, second] = bus.deadLetters();
  expect(bus.redrive([first?.id ?? 0])).toBe(1);
  expect(bus.deadLetters()).toMatchObject([{ id: second?.id }]);
});

test('what an ended bus held is tried again by the next one, and counts as no failure', async () => {
  const file = newFile();
  const first = aBus({ file, answer: () => new Promise(() => {}) });
  first.bus.publish([anOrder()]);
  await first.pass(0);
  const second = aBus({ file, answer: () => failed });
  await second.pass(10 * minuteMs);
  expect(secondsAfterStart(second.invocations)).toEqual([1, 61, 181]);
});

test('an event for a function that is gone is a dead letter', async () => {
  const file = newFile();
  const first = aBus({ file, answer: () => failed });
  first.bus.publish([anOrder()]);
  await first.pass(0);
  await first.bus.stop();
  const second = aBus({ file, wiring: { ...quietWiring, functions: [] } });
  await second.pass(minuteMs);
  expect(second.invocations).toEqual([]);
  expect(second.bus.deadLetters()).toMatchObject([{ error: 'serverless.yml has no function "onOrder"' }]);
});

test('a thousand events are all delivered, never more than the limit at a time', async () => {
  let now = 0;
  let most = 0;
  const { bus, invocations, pass } = aBus({
    answer: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { ok: true, payload: null };
    },
  });
  for (let batch = 0; batch < 100; batch += 1) bus.publish(Array.from({ length: 10 }, () => anOrder()));
  while (bus.waiting() > 0) await pass(0);
  expect(new Set(invocations.map(({ payload }) => payload.id)).size).toBe(1000);
  expect(most).toBeLessThanOrEqual(50);
});
