import { expect, test } from '@jest/globals';
import type { Alarm, Bucket } from '../../lib/contracts/signals.ts';
import { VirtualClock } from '../../twin/engine/index.ts';
import { databaseAlarms } from '../../twin/server/alarms/database-alarms.ts';
import { evaluateAlarms } from '../../twin/server/alarms/evaluate-alarms.ts';
import { failedShare, trafficAlarms, worstP95Ms } from '../../twin/server/alarms/traffic-alarms.ts';

const start = '2026-05-01T10:00:00.000Z';
const startMs = Date.parse(start);
const aBucket = (requests: number, failures: number, p95Ms?: number): Bucket => ({
  start,
  slot: 'blue',
  requests,
  failures,
  ...(p95Ms !== undefined && { p95Ms }),
});

test.each([
  ['nothing', [aBucket(0, 0)], undefined],
  ['too few to tell', [aBucket(19, 19)], undefined],
  ['a tenth', [aBucket(100, 10)], 0.1],
  ['both slots together', [aBucket(75, 0), aBucket(25, 25)], 0.25],
])('the share that fails: %s', (_, buckets, share) => {
  expect(failedShare(buckets)).toBe(share);
});

test.each([
  ['nothing', [aBucket(0, 0)], undefined],
  ['the slower slot', [aBucket(50, 0, 20), aBucket(50, 0, 900)], 900],
  ['a slot with too few requests does not count', [aBucket(50, 0, 20), aBucket(3, 0, 9000)], 20],
])('how slow it is: %s', (_, buckets, p95Ms) => {
  expect(worstP95Ms(buckets)).toBe(p95Ms);
});

test('a service has the alarms that its entry names and no others', () => {
  const services = [{ name: 'shop', alarms: ['shop-error-ratio', 'shop-by-hand'] }];
  expect(trafficAlarms({ buckets: async () => [] }, services).map(({ name }) => name)).toEqual(['shop-error-ratio']);
});

const aWorld = () => {
  const clock = new VirtualClock(startMs + 4000);
  const states = new Map<string, Alarm>([['a', { name: 'a', state: 'ok', acts: true }]]);
  const sets: string[] = [];
  const errors: unknown[] = [];
  const alarms = {
    all: () => [...states.values()],
    set: (alarm: Alarm) => {
      states.set(alarm.name, alarm);
      sets.push(`${clock.now() - startMs} ${alarm.name} ${alarm.state}`);
    },
  };
  const measuring = (values: (number | undefined | Error)[]) => {
    const periods: string[] = [];
    const measured = {
      name: 'a',
      above: 0.1,
      metric: { namespace: 'n', name: 'm', dimensions: {} },
      measure: async (from: string, to: string) => {
        periods.push(`${(Date.parse(from) - startMs) / 1000}-${(Date.parse(to) - startMs) / 1000}`);
        const value = values.shift();
        if (value instanceof Error) throw value;
        return value;
      },
    };
    const stop = evaluateAlarms({ alarms, measured: [measured], clock, onError: (error) => errors.push(error) });
    return { stop, periods };
  };
  return { clock, sets, errors, alarms, measuring };
};

test('each period of ten seconds is measured once it is over, and only a change is set', async () => {
  const { clock, sets, measuring } = aWorld();
  const { periods } = measuring([0.05, 0.1, 0.11, 0.5, 0]);
  await clock.run({ untilMs: startMs + 51_000 });
  expect(periods).toEqual(['0-10', '10-20', '20-30', '30-40', '40-50']);
  expect(sets).toEqual(['30100 a alarm', '50100 a ok']);
});

test('without anything to measure an alarm stays as it is', async () => {
  const { clock, sets, measuring } = aWorld();
  measuring([0.5, undefined, undefined, 0]);
  await clock.run({ untilMs: startMs + 41_000 });
  expect(sets).toEqual(['10100 a alarm', '40100 a ok']);
});

test('one that was set by hand holds until the end of the period', async () => {
  const { clock, sets, alarms, measuring } = aWorld();
  measuring([0]);
  alarms.set({ name: 'a', state: 'alarm', acts: true });
  await clock.run({ untilMs: startMs + 11_000 });
  expect(sets).toEqual(['4000 a alarm', '10100 a ok']);
});

test('what cannot be measured is told, changes nothing, and is tried again', async () => {
  const { clock, sets, errors, measuring } = aWorld();
  measuring([new Error('away'), 0.5]);
  await clock.run({ untilMs: startMs + 21_000 });
  expect(errors).toEqual([new Error('away')]);
  expect(sets).toEqual(['20100 a alarm']);
});

test('once it is stopped nothing is measured any more', async () => {
  const { clock, measuring } = aWorld();
  const { stop, periods } = measuring([0.5]);
  stop();
  await clock.run({ untilMs: startMs + 31_000 });
  expect(periods).toEqual([]);
});

test('a database whose connections are all used still has an answer', async () => {
  const alarms = databaseAlarms('twin', async () => ({ connectionsShare: 1 }));
  expect(await Promise.all(alarms.map(({ measure }) => measure(start, start)))).toEqual([1, undefined]);
});
