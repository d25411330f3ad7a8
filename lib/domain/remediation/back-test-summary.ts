import type { AlarmChange } from '../../contracts/alarm.ts';
import type { GuardName } from '../../contracts/incident.ts';
import { fromMs, toMs } from '../../contracts/instant.ts';
import type { PastAct } from './back-test.ts';
import type { Go } from './go-of.ts';

/** Of one day in UTC, `2026-05-01`: how many alarms it would have answered, by what would have been done. */
export type PastDay = Record<Go['go'], number> & { day: string };

/** `denials`: by guard, how many acts it denied; one act may be denied by several. */
export type PastSummary = Record<Go['go'], number> & {
  answered: number;
  denials: Partial<Record<GuardName, number>>;
  days: PastDay[];
  says: string;
};

const dayMs = 86_400_000;
const none = (): Record<Go['go'], number> => ({ act: 0, watch: 0, ask: 0, stop: 0 });

/** Counts of a back-test, with every day of its history, also those on which nothing was to be done. */
export const summaryOf = (history: readonly AlarmChange[], acts: readonly PastAct[]): PastSummary => {
  const total = counted(acts);
  const denials = denialsOf(acts);
  return {
    ...total,
    answered: acts.length,
    denials,
    days: daysOf(history).map((day) => ({ day, ...counted(acts.filter(({ at }) => at.startsWith(day))) })),
    says:
      `${acts.length} alarms matched: would have acted ${total.act} times, asked ${total.ask} times, only watched ${total.watch} ` +
      `and done nothing ${total.stop} times; ${denials.freeze ?? 0} fell in freezes, ${denials.release ?? 0} on resources under deployment`,
  };
};

const counted = (acts: readonly PastAct[]): Record<Go['go'], number> => {
  const counts = none();
  for (const { go } of acts) counts[go] += 1;
  return counts;
};

const denialsOf = (acts: readonly PastAct[]): PastSummary['denials'] => {
  const counts: PastSummary['denials'] = {};
  for (const { guard, verdict } of acts.flatMap(({ decision }) => decision.guards))
    if (verdict === 'deny') counts[guard] = (counts[guard] ?? 0) + 1;
  return counts;
};

const daysOf = (history: readonly AlarmChange[]): string[] => {
  if (history.length === 0) return [];
  const starts = history.map(({ at }) => Math.floor(toMs(at) / dayMs));
  const first = starts.reduce((least, one) => Math.min(least, one));
  const last = starts.reduce((most, one) => Math.max(most, one));
  return Array.from({ length: last - first + 1 }, (_, at) => fromMs((first + at) * dayMs).slice(0, 10));
};
