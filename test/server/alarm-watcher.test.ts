import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Alarm } from '../../lib/contracts/signals.ts';
import { realClock } from '../../twin/engine/index.ts';
import type { StoredAlarm } from '../../twin/live/index.ts';
import { type AlarmChange, changesSince, watchAlarms } from '../../twin/server/alarm-watcher.ts';

const since = '2026-05-01T10:00:00.000Z';
const anAlarm = (state: Alarm['state'], name = 'a'): StoredAlarm => ({ name, state, acts: true, since });
const newFile = () => join(mkdtempSync(join(tmpdir(), 'evenkeel-alarms-')), 'told.json');

test.each([
  ['a new alarm', {}, [anAlarm('ok')], [{ name: 'a', state: 'ok', previous: 'insufficient-data' }]],
  ['one that fires', { a: 'ok' }, [anAlarm('alarm')], [{ name: 'a', state: 'alarm', previous: 'ok' }]],
  ['one that stays', { a: 'alarm' }, [anAlarm('alarm')], []],
  [
    'one of two',
    { a: 'ok', b: 'ok' },
    [anAlarm('ok'), anAlarm('alarm', 'b')],
    [{ name: 'b', state: 'alarm', previous: 'ok' }],
  ],
  ['a new one that knows nothing', {}, [anAlarm('insufficient-data')], []],
] as const)('%s', (_, told, alarms, changes) => {
  expect(changesSince(told, alarms)).toEqual(changes.map((change) => ({ ...change, at: since })));
});

test('a change while nothing watched is told by the next watcher, and only once', async () => {
  const file = newFile();
  const told: AlarmChange[] = [];
  const watch = async (...alarms: StoredAlarm[]) => {
    const options = {
      alarms: { all: () => alarms },
      clock: realClock,
      file,
      tell: (change: AlarmChange) => told.push(change),
    };
    const stop = await watchAlarms({
      ...options,
      onError: (error) => {
        throw error;
      },
    });
    stop();
  };
  await watch(anAlarm('ok'));
  await watch(anAlarm('alarm'));
  await watch(anAlarm('alarm'));
  expect(told.map(({ previous, state }) => [previous, state])).toEqual([
    ['insufficient-data', 'ok'],
    ['ok', 'alarm'],
  ]);
});

test('a store that cannot be read for a moment does not end the watch', async () => {
  const errors: unknown[] = [];
  const told: AlarmChange[] = [];
  let looks = 0;
  const all = () => {
    looks += 1;
    if (looks === 1) throw new Error('busy');
    return [anAlarm('alarm')];
  };
  const again = Promise.withResolvers<void>();
  const tell = (change: AlarmChange) => {
    told.push(change);
    again.resolve();
  };
  const stop = await watchAlarms({
    alarms: { all },
    clock: realClock,
    file: newFile(),
    tell,
    onError: (error) => errors.push(error),
  });
  await again.promise;
  stop();
  expect([errors.length, told.length]).toEqual([1, 1]);
});
