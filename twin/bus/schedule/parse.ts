import { cron } from './cron.ts';
import type { Schedule } from './schedule.ts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `rate(…)`, `cron(…)` and the one-time `at(yyyy-mm-ddThh:mm:ss)` of EventBridge and its Scheduler. `timezone` is an
 * IANA name. Errors: one that says what is wrong with the expression.
 */
export const parseSchedule = (expression: string, timezone = 'UTC'): Schedule => {
  const [, kind, body = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  try {
    if (kind === 'rate') return rate(body);
    if (kind === 'cron') return cron(body, timezone);
    if (kind === 'at') return once(body, timezone);
    throw new Error('expected rate(…), cron(…) or at(…)');
  } catch (problem) {
    throw new Error(`ScheduleExpression "${expression}" is not valid: ${(problem as Error).message}`);
  }
};

const rate = (body: string): Schedule => {
  const [, count = '', unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(body) ?? [];
  const periodMs = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (!periodMs || (count === '1') === (plural === 's')) throw new Error('expected such as "1 minute" or "5 minutes"');
  const last = (untilMs: number, anchorMs: number) => anchorMs + Math.floor((untilMs - anchorMs) / periodMs) * periodMs;
  return { next: (afterMs, anchorMs) => last(afterMs, anchorMs) + periodMs, latest: last };
};

const once = (body: string, timezone: string): Schedule => {
  const local = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):00$/.exec(body);
  if (!local) throw new Error('expected yyyy-mm-ddThh:mm:00');
  const [, year, month, day, hour, minute] = local.map(Number);
  const { next } = cron(`${minute} ${hour} ${day} ${month} ? ${year}`, timezone);
  const dueMs = next(0, 0);
  if (dueMs === undefined) throw new Error('there is no such day');
  return {
    next: (afterMs) => (dueMs > afterMs ? dueMs : undefined),
    latest: (untilMs) => (dueMs <= untilMs ? dueMs : undefined),
  };
};
