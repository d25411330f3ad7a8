import { fromMs, type Instant, toMs } from '../../contracts/instant.ts';
import type { MaintenanceWindow } from '../../contracts/on-call.ts';
import { days } from '../../contracts/playbook.ts';

export type PlannedWindow = { from: Instant; to: Instant; reason: string };

const dayMs = 86_400_000;

/** Every window that is not over at that moment and begins within so many days, the next first. One that ends before it begins goes over midnight. */
export const windowsAfter = (
  windows: readonly MaintenanceWindow[],
  at: Instant,
  withinDays: number,
): PlannedWindow[] => {
  const [now, today] = [toMs(at), toMs(`${at.slice(0, 10)}T00:00:00.000Z`)];
  const begins = Array.from({ length: withinDays + 2 }, (_, day) => today + (day - 1) * dayMs);
  return begins
    .flatMap((dayStart) =>
      windows.filter(({ day }) => day === dayOf(dayStart)).map((window) => onDay(window, dayStart)),
    )
    .filter(({ from, to }) => toMs(to) > now && toMs(from) <= now + withinDays * dayMs)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
};

/** Monday is the first of our days, and the second of JavaScript's. */
const dayOf = (ms: number) => days[(new Date(ms).getUTCDay() + 6) % 7];

const onDay = ({ from, to, reason }: MaintenanceWindow, dayStart: number): PlannedWindow => {
  const [begin, end] = [dayStart + msOf(from), dayStart + msOf(to)];
  return { from: fromMs(begin), to: fromMs(end > begin ? end : end + dayMs), reason };
};

const msOf = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};
