import { describe, expect, test } from '@jest/globals';
import { parseSchedule } from '../../twin/bus/schedule/parse.ts';
import { VirtualClock } from '../../twin/engine/index.ts';
import { aBus as aQuietBus, type Given, newFile, sampleWiring, startMs } from './support.ts';

const aBus = (given: Given = {}) => aQuietBus({ wiring: sampleWiring, ...given });
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

describe('an expression is next due, seen from Friday 2026-05-01 10:00 UTC', () => {
  test.each([
    ['rate(1 minute)', '2026-05-01T10:01:00.000Z'],
    ['rate(5 minutes)', '2026-05-01T10:05:00.000Z'],
    ['rate(2 days)', '2026-05-03T10:00:00.000Z'],
    ['cron(0 10 * * ? *)', '2026-05-02T10:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-05-01T10:15:00.000Z'],
    ['cron(5/15 8-17 ? * MON-FRI *)', '2026-05-01T10:05:00.000Z'],
    ['cron(0 8 ? * 1 *)', '2026-05-03T08:00:00.000Z'],
    ['cron(0 8 ? * 2-6 *)', '2026-05-04T08:00:00.000Z'],
    ['cron(15 12 ? * 6L 2026-2027)', '2026-05-29T12:15:00.000Z'],
    ['cron(15 12 ? * FRIL *)', '2026-05-29T12:15:00.000Z'],
    ['cron(0 8 ? * L *)', '2026-05-02T08:00:00.000Z'],
    ['cron(0 8 ? * 2#1 *)', '2026-05-04T08:00:00.000Z'],
    ['cron(0 8 L * ? *)', '2026-05-31T08:00:00.000Z'],
    ['cron(0 8 1W * ? *)', '2026-06-01T08:00:00.000Z'],
    ['cron(0 0 1 1 ? 2028)', '2028-01-01T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2020)', undefined],
    ['at(2026-05-02T09:30:00)', '2026-05-02T09:30:00.000Z'],
    ['at(2026-05-01T09:30:00)', undefined],
  ])('%s', (expression, due) => {
    expect(iso(parseSchedule(expression).next(startMs, startMs))).toBe(due);
  });

  test('in the time zone of the schedule, also when the clocks change', () => {
    const berlin = parseSchedule('cron(0 3 * * ? *)', 'Europe/Berlin');
    const march = Date.parse('2026-03-28T12:00:00Z');
    expect(iso(berlin.next(startMs, startMs))).toBe('2026-05-02T01:00:00.000Z');
    expect(iso(berlin.next(march - 24 * hourMs, 0))).toBe('2026-03-28T02:00:00.000Z');
    expect(iso(berlin.next(march, 0))).toBe('2026-03-29T01:00:00.000Z');
  });
});

describe('an expression is refused', () => {
  test.each([
    ['every 5 minutes', 'expected rate(…), cron(…) or at(…)'],
    ['rate(1 minutes)', 'expected such as'],
    ['rate(5 minute)', 'expected such as'],
    ['rate(0 minutes)', 'expected such as'],
    ['rate(5 weeks)', 'expected such as'],
    ['cron(0 8 * * ?)', 'expected 6 fields'],
    ['cron(0 8 * * * *)', 'exactly one of day-of-month and day-of-week'],
    ['cron(0 8 ? * ? *)', 'exactly one of day-of-month and day-of-week'],
    ['cron(? 8 ? * 2 *)', 'minutes: ? is for the day fields alone'],
    ['cron(60 8 * * ? *)', 'Invalid value for minute: 60'],
    ['cron(0 8 ? * 0 *)', 'Invalid value for dayOfWeek'],
    ['cron(0 8 ? * 6#6 *)', 'out of range'],
    ['cron(0 8 ? * FRI-MON *)', 'From value is larger'],
    ['cron(0 8 * * ? @)', 'year: cannot read "@"'],
    ['at(2026-02-31T10:00:00)', 'there is no such day'],
    ['at(tomorrow)', 'expected yyyy-mm-ddThh:mm:00'],
  ])('%s', (expression, problem) => {
    expect(() => parseSchedule(expression)).toThrow(`ScheduleExpression "${expression}" is not valid`);
    expect(() => parseSchedule(expression)).toThrow(problem);
  });
});

const ticksOf = (invocations: readonly { key: string; payload: { time: string } }[]) =>
  invocations.filter(({ key }) => key === 'everyFiveMinutes').map(({ payload }) => payload.time);

test('a rule with a schedule sends a Scheduled Event at each tick', async () => {
  const { invocations, pass } = aBus();
  await pass(11 * minuteMs);
  expect(ticksOf(invocations)).toEqual(['2026-05-01T10:05:00Z', '2026-05-01T10:10:00Z']);
  expect(invocations[0]?.payload).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    resources: [expect.stringMatching(/^arn:aws:events:eu-west-1:000000000000:rule\//)],
    detail: {},
  });
});

test('a schedule of EventBridge Scheduler sends its input, with its placeholders filled in', async () => {
  const { invocations, pass } = aBus();
  await pass(24 * hourMs);
  expect(invocations.filter(({ key }) => key === 'nightly')).toMatchObject([
    { payload: { drill: 'restore', at: '2026-05-02T01:00:00Z' }, atMs: Date.parse('2026-05-02T01:00:00Z') },
  ]);
});

test('a restart keeps the grid of a rate', async () => {
  const file = newFile();
  const first = aBus({ file });
  await first.pass(7 * minuteMs);
  await first.bus.stop();
  const second = aBus({ file, clock: new VirtualClock(startMs + 8 * minuteMs) });
  await second.pass(3 * minuteMs);
  expect(ticksOf(second.invocations)).toEqual(['2026-05-01T10:10:00Z']);
});

test('ticks missed while nothing ran fire once, with the last due instant', async () => {
  const file = newFile();
  await aBus({ file }).bus.stop();
  const late = aBus({ file, clock: new VirtualClock(startMs + 62 * minuteMs) });
  await late.pass(0);
  expect(ticksOf(late.invocations)).toEqual(['2026-05-01T11:00:00Z']);
});

test('a tick missed by more than a day does not fire any more', async () => {
  const file = newFile();
  await aBus({ file }).bus.stop();
  const late = aBus({ file, clock: new VirtualClock(Date.parse('2026-05-03T09:00:00Z')) });
  await late.pass(0);
  expect(late.invocations.filter(({ key }) => key === 'nightly')).toMatchObject([
    { payload: { at: '2026-05-03T01:00:00Z' } },
  ]);
  const muchLater = aBus({ file, clock: new VirtualClock(Date.parse('2026-05-03T09:02:00Z')) });
  await muchLater.pass(0);
  expect(muchLater.invocations).toEqual([]);
});
