import { describe, expect, test } from '@jest/globals';
import type { MaintenanceWindow } from '../../../lib/contracts/on-call.ts';
import { noticesDue } from '../../../lib/domain/on-call/notices.ts';
import { windowsAfter } from '../../../lib/domain/on-call/windows.ts';

const sunday: MaintenanceWindow = { day: 'sunday', from: '02:00', to: '06:00', reason: 'updates' };
const overMidnight: MaintenanceWindow = { day: 'friday', from: '22:00', to: '01:00', reason: 'moves' };
/** 2026-05-01 is a Friday, so the third is a Sunday. */
const may = (day: number, time: string) => `2026-05-${String(day).padStart(2, '0')}T${time}:00.000Z`;
const planned = { from: may(3, '02:00'), to: may(3, '06:00'), reason: 'updates' };

describe('planned windows', () => {
  test('of each week, the next first', () => {
    const found = windowsAfter([sunday, overMidnight], may(1, '10:00'), 8);
    expect(found.map(({ from }) => from)).toEqual([may(1, '22:00'), may(3, '02:00'), may(8, '22:00')]);
  });
  test('one that goes on is shown until it is over', () => {
    expect(windowsAfter([sunday], may(3, '05:59'), 2)).toEqual([planned]);
    expect(windowsAfter([sunday], may(3, '06:00'), 2)).toEqual([]);
  });
  test('one over midnight is still that of its first day', () => {
    expect(windowsAfter([overMidnight], may(2, '00:30'), 2)).toEqual([
      { from: may(1, '22:00'), to: may(2, '01:00'), reason: 'moves' },
    ]);
  });
});

describe('notices', () => {
  const idsAt = (at: string) => noticesDue([sunday], at).map(({ id }) => id);
  const id = `maintenance-${planned.from}-${planned.to}`;

  test('come at least 48 hours before, under one id for each window, until it begins', () => {
    expect(idsAt(may(1, '00:59'))).toEqual([]);
    expect(idsAt(may(1, '01:00'))).toEqual([id]);
    expect(idsAt(may(1, '02:00'))).toEqual([id]);
    expect(idsAt(may(3, '01:59'))).toEqual([id]);
    expect(idsAt(may(3, '02:00'))).toEqual([]);
  });
  test('say from when until when, and why', () => {
    expect(noticesDue([sunday], may(1, '01:00'))).toMatchObject([
      { kind: 'maintenance', subject: `Maintenance from ${planned.from} to ${planned.to}`, at: may(1, '01:00') },
    ]);
  });
});
