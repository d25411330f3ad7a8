import { Cron } from 'croner';
import type { Schedule } from './schedule.ts';

type Field = { name: string; min: number; max: number };
const fields: readonly Field[] = [
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'day-of-month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day-of-week', min: 1, max: 7 },
  { name: 'year', min: 1970, max: 2199 },
];
const [dayOfMonth, dayOfWeek] = [2, 4];

/**
 * `cron(minutes hours day-of-month month day-of-week year)` of EventBridge: Sunday is 1, one of the two day fields is
 * `?`, and `L`, `W` and `#` have Quartz's meaning. Errors: one that says what AWS, or the twin, does not take.
 * Source: EventBridge user guide, "Setting a schedule pattern for scheduled rules".
 */
export const cron = (body: string, timezone: string): Schedule => {
  const parts = body.split(' ');
  if (parts.length !== fields.length)
    throw new Error(`expected 6 fields (${fields.map(({ name }) => name).join(' ')})`);
  const unspecified = [dayOfMonth, dayOfWeek].filter((at) => parts[at] === '?');
  if (unspecified.length !== 1) throw new Error('expected ? in exactly one of day-of-month and day-of-week');
  const pattern = ['0', ...fields.map((field, at) => translate(parts[at] ?? '', field, at))].join(' ');
  const job = new Cron(pattern, { mode: '7-part', alternativeWeekdays: true, timezone, paused: true });
  return {
    next: (afterMs) => job.nextRun(new Date(afterMs))?.getTime(),
    // The library looks strictly before, and a tick lies on a whole second.
    latest: (untilMs) => job.previousRuns(1, new Date(untilMs + 1000))[0]?.getTime(),
  };
};

/** From AWS's notation to croner's: `n/step` starts at n, the last Friday is `6#L` instead of `6L`, `L` alone is Saturday. */
const translate = (text: string, { name, min, max }: Field, at: number): string => {
  if (text === '?' && at !== dayOfMonth && at !== dayOfWeek) throw new Error(`${name}: ? is for the day fields alone`);
  if (!/^[\w*,/#?-]+$/.test(text)) throw new Error(`${name}: cannot read "${text}"`);
  return text
    .split(',')
    .map((part) => translatePart(part, min, max, at))
    .join(',');
};

const translatePart = (part: string, min: number, max: number, at: number): string => {
  const step = /^(\d+|\*)\/(\d+)$/.exec(part);
  if (step) return `${step[1] === '*' ? min : step[1]}-${max}/${step[2]}`;
  if (at !== dayOfWeek) return part;
  return part === 'L' ? '7' : part.replace(/^(\w+)L$/, '$1#L');
};
