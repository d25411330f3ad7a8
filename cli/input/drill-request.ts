import * as v from 'valibot';
import { BackupId } from '../../lib/contracts/backup.ts';
import { Damage, DrillRequest, damages, NamedDrillRequest } from '../../lib/contracts/drill.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { problemsOf } from '../../lib/runtime/problems.ts';
import { checked } from './checked.ts';

/** What is restored, and what is done to the copy, as typed. */
export type DrillOptions = { newest?: boolean; random?: string; at?: string; backup?: string; damage?: string };
type Asked = { database: string; requestedBy: string; requestId: string };
/** One way to choose: the option, what it chooses, and what is wrong with how it was typed. */
type Way = { option: string; choose: unknown; problems: string[] };

/** The wish as its contract allows it. Errors: `InputInvalid` that lists every problem, by the option as it was typed. */
export const drillRequestOf = (asked: Asked, options: DrillOptions): DrillRequest => {
  const ways = waysIn(options);
  const damage = options.damage === undefined ? {} : { damage: options.damage };
  const choose = ways[0]?.choose ?? { kind: 'newest' };
  const problems = [
    ...severalProblems(ways),
    ...ways.flatMap((way) => way.problems),
    ...damageProblems(options),
    ...problemsOf(v.safeParse(v.omit(DrillRequest, ['choose', 'damage']), asked).issues ?? []),
  ];
  if (problems.length > 0) throw new InputInvalid(problems.join('; '), { problems });
  return checked(NamedDrillRequest, { ...asked, choose, ...damage });
};

const waysIn = ({ newest, random, at, backup }: DrillOptions): Way[] => [
  ...(newest ? [{ option: '--newest', choose: { kind: 'newest' }, problems: [] }] : []),
  ...(random === undefined ? [] : [randomWay(random)]),
  ...(at === undefined ? [] : [atWay(at)]),
  ...(backup === undefined ? [] : [backupWay(backup)]),
];

const mostDays = 365;

const randomWay = (typed: string): Way => {
  const withinDays = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  const fits = withinDays >= 1 && withinDays <= mostDays;
  const problems = fits ? [] : [`--random: expected a whole number of days from 1 to ${mostDays}, got ${typed}`];
  return { option: '--random', choose: { kind: 'random', withinDays }, problems };
};

/** With any offset; kept in UTC, because instants are compared as text. */
const atWay = (typed: string): Way => {
  const moment = v.is(Instant, typed) ? new Date(typed) : new Date(Number.NaN);
  const valid = !Number.isNaN(moment.getTime());
  const problems = valid ? [] : [`--at: expected an ISO 8601 instant, as 2026-05-01T10:00:00Z, got ${typed}`];
  return { option: '--at', choose: { kind: 'point-in-time', at: valid ? moment.toISOString() : '' }, problems };
};

const backupWay = (id: string): Way => {
  const problems = v.is(BackupId, id) ? [] : [`--backup: expected <database>-<requestId>, got ${id}`];
  return { option: '--backup', choose: { kind: 'backup', id }, problems };
};

const severalProblems = (ways: readonly Way[]): string[] =>
  ways.length < 2
    ? []
    : [`expected one of --newest, --random, --at and --backup, got ${ways.map(({ option }) => option).join(' and ')}`];

const damageProblems = ({ damage }: DrillOptions): string[] =>
  damage === undefined || v.is(Damage, damage)
    ? []
    : [`--damage: expected one of ${damages.join(', ')}, got ${damage}`];
