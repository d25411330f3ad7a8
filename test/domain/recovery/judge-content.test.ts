import { describe, expect, test } from '@jest/globals';
import type { DrillPlan } from '../../../lib/contracts/drill.ts';
import { type FirstReading, judgeContent, judgeFirst } from '../../../lib/domain/recovery/judge-content.ts';
import { type Manifests, manifestsOf } from '../../../lib/domain/recovery/manifests.ts';
import { overall } from '../../../lib/domain/verdict/worst.ts';
import { aBackup, aFirstReading, ago, aManifest, anOutline, aPlan, aRecoveryPolicy, aTable } from './good.ts';

const events = (rows: number, checksum: string) => aTable({ table: 'public.events', rows, checksum });
const both: Manifests = {
  before: aManifest(),
  after: aManifest({ tables: [aTable(), events(120, '600')] }),
};
const facts = (manifests: Manifests = both) => ({ plan: aPlan(), policy: aRecoveryPolicy(), manifests, churning: [] });
const judge = (
  tables = [aTable(), events(110, '550')],
  first: Partial<FirstReading> = {},
  manifests: Manifests = both,
) => judgeContent(facts(manifests), aFirstReading(first), tables);
const checkOf = (checks: ReturnType<typeof judge>, name: string) => checks.find((check) => check.name === name);

test('a copy between its two manifests is healthy in every check', () => {
  expect(judge().filter(({ verdict }) => verdict !== 'healthy')).toEqual([]);
  expect(overall(judge())).toBe('healthy');
});

describe('tables', () => {
  test.each([
    ['an unchanged table with another checksum', [aTable({ checksum: '78' }), events(110, '5')], 'checksums'],
    ['an unchanged table with fewer rows', [aTable({ rows: 9 }), events(110, '5')], 'rows'],
    ['a changing table with too few rows', [aTable(), events(99, '5')], 'rows'],
    ['a changing table with too many rows', [aTable(), events(121, '5')], 'rows'],
    ['a page that cannot be read', [aTable({ damage: ['invalid page in block 3'] }), events(110, '5')], 'damage'],
  ])('%s is unhealthy', (_, tables, name) => {
    const check = checkOf(judge(tables), name);
    expect(check?.verdict).toBe('unhealthy');
  });

  test('a table that was not read is no pass', () => {
    expect(checkOf(judge([aTable()]), 'read')).toMatchObject({ verdict: 'error', reason: 'not read: public.events' });
  });

  test('a missing table is told by its name, before any table is read', () => {
    const first = judgeFirst(facts(), aFirstReading({ tableNames: ['public.events'] }));
    expect(checkOf(first, 'tables')).toMatchObject({ verdict: 'unhealthy', reason: 'public.orders is missing' });
  });

  test('a table that was in neither manifest is unhealthy', () => {
    const first = judgeFirst(facts(), aFirstReading({ tableNames: ['public.events', 'public.orders', 'public.odd'] }));
    expect(checkOf(first, 'tables')?.reason).toBe('public.odd was in neither');
  });

  const oneManifest = (plan: DrillPlan) =>
    judgeContent({ ...facts({ before: aManifest() }), plan }, aFirstReading(), [aTable(), events(110, '5')]);
  test('with one manifest alone, what differs from it tells nothing of a moment in the log', () => {
    const plan = aPlan({ source: { kind: 'point-in-time', of: 'shop-db', at: ago(100) } });
    expect(checkOf(oneManifest(plan), 'rows')).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('public.events'),
    });
  });

  test('with one manifest alone, what differs from it is a fault of a snapshot', () => {
    expect(checkOf(oneManifest(aPlan()), 'rows')).toMatchObject({
      verdict: 'unhealthy',
      reason: 'public.events: 110 rows instead of 100',
    });
  });

  test('with one manifest alone, it says why production is not the other', () => {
    const plan = aPlan({ source: { kind: 'point-in-time', of: 'shop-db', at: ago(100) } });
    const alone = { ...facts({ before: aManifest() }), plan, unread: 'it does not answer' };
    expect(checkOf(judgeContent(alone, aFirstReading(), [aTable(), events(110, '5')]), 'rows')?.reason).toBe(
      'public.events: changed since the only manifest, and production could not be read: it does not answer',
    );
  });

  const churning = (leastRows: number, rows: number, manifests: Manifests = both) =>
    judgeContent({ ...facts(manifests), churning: [{ table: 'public.events', leastRows }] }, aFirstReading(), [
      aTable(),
      events(rows, '5'),
    ]);
  test.each<[string, Manifests]>([
    ['between two manifests', both],
    ['beside one', { before: aManifest() }],
    ['also when both are the same', { before: aManifest(), after: aManifest() }],
  ])('a table whose rows rise and fall may hold any number of them, down to the least: %s', (_, manifests) => {
    const rowsOf = (rows: number) => checkOf(churning(2, rows, manifests), 'rows')?.verdict;
    expect([500, 99, 2, 1, 0].map(rowsOf)).toEqual(['healthy', 'healthy', 'healthy', 'unhealthy', 'unhealthy']);
    expect(checkOf(churning(0, 0, manifests), 'rows')?.verdict).toBe('healthy');
  });

  test('what was not compared is never told as compared', () => {
    const checks = churning(2, 500);
    expect(checkOf(checks, 'rows')?.reason).toBe(
      '1 tables compared; public.events rises and falls: 500 rows, at least 2',
    );
    expect(checkOf(checks, 'checksums')?.reason).toBe(
      '1 tables compared; public.events rises and falls, so it is not compared',
    );
  });

  test('a table whose rows rise and fall must be there, whole and of its owner all the same', () => {
    const rules = { ...facts(), churning: [{ table: 'public.events', leastRows: 0 }] };
    const gone = judgeContent(rules, aFirstReading({ tableNames: ['public.orders'] }), [aTable()]);
    expect(checkOf(gone, 'tables')?.verdict).toBe('unhealthy');
    const torn = aTable({ table: 'public.events', damage: ['invalid page in block 3'] });
    expect(checkOf(judgeContent(rules, aFirstReading(), [aTable(), torn]), 'damage')?.verdict).toBe('unhealthy');
    expect(checkOf(judgeContent(rules, aFirstReading(), [aTable()]), 'read')?.verdict).toBe('error');
  });

  const fresh = (rows: number) => aTable({ table: 'public.fresh', rows });
  const withFresh = aManifest({ tables: [...aManifest().tables, fresh(100)] });
  test.each<[string, Manifests]>([
    ['made', { before: aManifest(), after: withFresh }],
    ['dropped', { before: withFresh, after: aManifest() }],
  ])('a table that was %s in between had no rows then', (_, manifests) => {
    const rowsOf = (rows: number) =>
      checkOf(judge([...aManifest().tables, fresh(rows)], {}, manifests), 'rows')?.verdict;
    expect([0, 40, 100, 101].map(rowsOf)).toEqual(['healthy', 'healthy', 'healthy', 'unhealthy']);
  });

  test.each<[string, Manifests]>([
    ['before', { before: aManifest({ outline: { ...anOutline, systemIdentifier: '9' } }), after: aManifest() }],
    ['after', { before: aManifest(), after: aManifest({ outline: { ...anOutline, database: 'other' } }) }],
  ])('a manifest of another database is told, also when only the one %s is', (_, manifests) => {
    expect(checkOf(judge(aManifest().tables, {}, manifests), 'identity')?.verdict).toBe('unhealthy');
  });

  test('without any manifest nothing is a pass', () => {
    const checks = judge(undefined, {}, {});
    for (const name of ['tables', 'rows', 'identity', 'owners', 'extensions'])
      expect(checkOf(checks, name)?.verdict).toBe('inconclusive');
  });
});

describe('what needs no table', () => {
  const newest = aFirstReading().sentinels.newest;
  test.each<[string, Partial<FirstReading>, string, string, RegExp]>([
    ['another database', { systemIdentifier: '1' }, 'identity', 'unhealthy', /but the manifest is of shop/],
    ['no sentinel', { sentinels: { count: 0 } }, 'sentinels', 'unhealthy', /there is none/],
    ['a broken chain', { sentinels: { count: 2, broken: 'sentinel 3 is missing' } }, 'sentinels', 'unhealthy', /3/],
    ['an old copy', stale(4000), 'sentinels', 'unhealthy', /promised are 3600 s/],
    ['a row of the future', stale(-200), 'sentinels', 'error', /ClockSkewed/],
    [
      'another owner',
      { owners: { ...anOutline.owners, 'public.orders': 'postgres' } },
      'owners',
      'unhealthy',
      /postgres instead of shop/,
    ],
    ['a missing extension', { extensions: {} }, 'extensions', 'unhealthy', /nothing instead of 1.0/],
    ['a broken invariant', invariant(false), 'invariant: orders have customers', 'unhealthy', /does not hold/],
    [
      'an invariant nobody could ask',
      invariant(undefined),
      'invariant: orders have customers',
      'error',
      /no such table/,
    ],
    ['pages without checksums', { pageChecksums: false }, 'damage', 'inconclusive', /no checksums/],
  ])('%s', (_, changes, name, verdict, reason) => {
    expect(checkOf(judge(undefined, changes), name)).toMatchObject({
      verdict,
      reason: expect.stringMatching(reason),
    });
  });

  function stale(secondsBeforePoint: number): Partial<FirstReading> {
    const at = ago(100 + secondsBeforePoint);
    return { sentinels: { count: 3, newest: { sequence: 3, hash: 'h', ...newest, at } } };
  }
  function invariant(holds: boolean | undefined): Partial<FirstReading> {
    const answer = holds === undefined ? { error: 'no such table' } : { holds };
    return { invariants: [{ name: 'orders have customers', ...answer }] };
  }
});

test('a backup is judged by its own manifests, a moment between two by those around it', () => {
  const [early, late] = [aManifest({ at: ago(900) }), aManifest({ at: ago(10) })];
  const own = aBackup({ before: early, after: late });
  expect(manifestsOf({ proves: own, before: own })).toEqual({ before: early, after: late });
  expect(manifestsOf({ before: aBackup({ after: early }), after: aBackup({ before: late }) })).toEqual({
    before: early,
    after: late,
  });
  expect(manifestsOf({ before: aBackup() })).toEqual({});
  // Where no backup came after the moment, what production held during the drill did.
  expect(manifestsOf({ before: aBackup({ after: early }), production: late })).toEqual({ before: early, after: late });
  expect(manifestsOf({ proves: aBackup({ before: early }), production: late })).toEqual({ before: early });
});
