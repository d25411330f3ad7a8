import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Backup } from '../../../lib/contracts/backup.ts';
import { toMs } from '../../../lib/contracts/instant.ts';
import { backupsToRemove } from '../../../lib/domain/recovery/retention.ts';
import { aBackup, daysAgo, now } from './good.ts';

const retention = { days: 7, weeks: 4, months: 3 };
const daily = (count: number): Backup[] =>
  Array.from({ length: count }, (_, days) => aBackup({ id: `day-${days}`, takenAt: daysAgo(days) }));
const dayMs = 86_400_000;
const takenAtOf = (id: string) => daysAgo(Number(id.slice('day-'.length)));
const kept = (backups: readonly Backup[], at = now) => {
  const gone = backupsToRemove(backups, retention, at);
  return backups.filter(({ id }) => !gone.includes(id));
};

test('of a year of daily backups a week, four weeks and three months are kept', () => {
  // 1 May 2026 is a Friday: this week began on 27 April, and this month today.
  expect(kept(daily(365)).map(({ id }) => id)).toEqual([
    ...['day-0', 'day-1', 'day-2', 'day-3', 'day-4', 'day-5', 'day-6', 'day-7'],
    ...['day-11', 'day-18', 'day-25', 'day-30', 'day-61'],
  ]);
});

describe('never removed', () => {
  test.each<[string, Partial<Backup>]>([
    ['the newest, however old', { takenAt: daysAgo(900) }],
    ['one that is being taken', { status: 'taking' }],
    ['one that failed, which keeps nothing', { status: 'failed' }],
  ])('%s', (_, changes) => {
    expect(backupsToRemove([aBackup(changes)], retention, now)).toEqual([]);
  });

  test('the newest that a drill proved', () => {
    const proven = aBackup({ id: 'proven', takenAt: daysAgo(200), proof: 'proven' });
    expect(kept([...daily(150), proven])).toContain(proven);
  });
});

test('removing every day leaves what removing once at the end would', () => {
  const periods = fc.record({
    days: fc.integer({ min: 1, max: 40 }),
    weeks: fc.integer({ min: 0, max: 12 }),
    months: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(periods, fc.integer({ min: 1, max: 400 }), (some, count) => {
      const all = daily(count).toReversed();
      let left: Backup[] = [];
      for (const backup of all) {
        const gone = backupsToRemove([...left, backup], some, backup.takenAt ?? now);
        for (const id of gone)
          expect(toMs(backup.takenAt ?? now) - toMs(takenAtOf(id))).toBeGreaterThan(some.days * dayMs);
        left = [...left, backup].filter(({ id }) => !gone.includes(id));
      }
      const atOnce = backupsToRemove(all, some, now);
      expect(left).toEqual(all.filter(({ id }) => !atOnce.includes(id)));
    }),
    { numRuns: 20 },
  );
});

test('whatever there is: something is kept, all young ones are, and doing it twice changes nothing', () => {
  const ages = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(ages, fc.integer({ min: 0, max: 400 }), (days, later) => {
      const backups = days.map((age) => aBackup({ id: `b${age}`, takenAt: daysAgo(age) }));
      const left = kept(backups);
      expect(left.length).toBeGreaterThan(0);
      expect(backupsToRemove(left, retention, now)).toEqual([]);
      for (const age of days.filter((one) => one <= 7)) expect(left.map(({ id }) => id)).toContain(`b${age}`);
      const laterOn = kept(left, daysAgo(-later)).map(({ id }) => id);
      const newest = Math.min(...days);
      expect(laterOn).toContain(`b${newest}`);
    }),
  );
});
