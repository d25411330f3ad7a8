import { type Instant, toMs } from '../../contracts/instant.ts';
import { days } from '../../contracts/playbook.ts';

type Window = { from: string; to: string; days?: readonly string[] | undefined };

/** Monday is the first of our days, and the second of JavaScript's. */
const dayAt = (at: Instant): string => days[(new Date(toMs(at)).getUTCDay() + 6) % 7] ?? '';
const dayBefore = (at: Instant): string => days[(new Date(toMs(at)).getUTCDay() + 5) % 7] ?? '';

/** Whether a moment lies in a window of each day, in UTC. One that ends before it begins goes over midnight, and is of its first day. */
export const inWeekly = ({ from, to, days: only }: Window, at: Instant): boolean => {
  const time = at.slice(11, 16);
  const on = (day: string) => only === undefined || only.includes(day);
  if (from <= to) return from <= time && time < to && on(dayAt(at));
  return (time >= from && on(dayAt(at))) || (time < to && on(dayBefore(at)));
};
