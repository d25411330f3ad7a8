import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { FailoverPlan, FailoverWish } from '../../../lib/contracts/failover.ts';
import { FailoverPolicy } from '../../../lib/contracts/failover-policy.ts';
import { copyIdOf } from '../../../lib/domain/failover/copy-of.ts';
import { type FailoverFacts, planFailover } from '../../../lib/domain/failover/plan-failover.ts';
import { failure } from '../../contracts/good.ts';
import { aService } from '../../support/builders.ts';
import {
  aDatabase,
  aFailoverPolicy,
  anInstance,
  aRecoveryPolicy,
  aSnapshot,
  aWish,
  now,
  threeWitnesses,
} from './builders.ts';

const facts = (differs: Partial<FailoverFacts> = {}): FailoverFacts => ({
  name: 'failover-shop-db-f1',
  wish: aWish(),
  database: aDatabase(),
  failover: aFailoverPolicy(),
  recovery: aRecoveryPolicy(),
  services: [aService(), aService({ name: 'other' })],
  witnesses: threeWitnesses(),
  replica: anInstance(),
  snapshots: [],
  promotedBefore: false,
  now,
  ...differs,
});
const drill = (differs: Partial<FailoverFacts> = {}) => facts({ wish: aWish({ mode: 'drill' }), ...differs });
const planned = (given: FailoverFacts) => () => planFailover(given);

describe('a failover', () => {
  test('promotes the replica and moves the public names', () => {
    const plan = planFailover(facts());
    expect(plan).toMatchObject({ target: 'shop-second', records: ['shop.example.com'], old: 'shop-first' });
    expect(plan.copy).toBeUndefined();
    expect(v.is(FailoverPlan, plan)).toBe(true);
  });
  test('names the services of the database, and their floors', () => {
    expect(planFailover(facts()).dependants).toEqual([{ service: 'shop', floor: 2 }]);
  });
  test('is refused when one witness says that the region lives', () => {
    const witnesses = threeWitnesses({ saw: 'answers' });
    expect(planned(facts({ witnesses }))).toThrow(failure('RegionNotLost'));
  });
  test.each([
    ['does not exist', undefined],
    ['failed', anInstance({ status: 'failed' })],
    ['follows another database', anInstance({ follows: { id: 'other' } })],
    ['follows nothing', withoutFollows()],
  ])('is refused when the replica %s', (_, replica) => {
    expect(planned(facts({ replica }))).toThrow(failure('ReplicaUnfit'));
  });
  test('may be repeated with a replica that an earlier run promoted', () => {
    expect(planFailover(facts({ replica: withoutFollows(), promotedBefore: true })).target).toBe('shop-second');
  });
  test('knows a source in another region by its ARN', () => {
    const replica = anInstance({ follows: { id: 'arn:aws:rds:eu-west-1:123456789012:db:shop-first' } });
    expect(planFailover(facts({ replica })).target).toBe('shop-second');
  });
});

describe('a drill', () => {
  test('goes on whatever the witnesses say, and keeps what they said', () => {
    const witnesses = threeWitnesses({ saw: 'answers' });
    expect(planFailover(drill({ witnesses, snapshots: [aSnapshot()] })).witnesses).toEqual(witnesses);
  });
  test('names nothing of production that it would change', () => {
    const plan = planFailover(drill({ snapshots: [aSnapshot()] }));
    expect(plan.records).toEqual(['drill.shop.example.com']);
    expect(plan.target).toMatch(/^evenkeel-drill-shop-db-failover-[0-9a-f]{8}$/);
  });
  test('restores from the log of the replica where there is one', () => {
    const replica = anInstance({ restorable: { from: '2026-04-01T00:00:00.000Z', to: now } });
    expect(planFailover(drill({ replica })).copy?.source).toEqual({
      kind: 'point-in-time',
      of: 'shop-second',
      at: now,
    });
  });
  test('or else the newest snapshot of a backup', () => {
    const older = aSnapshot({ id: 'evenkeel-older', takenAt: '2026-04-30T03:00:00.000Z' });
    const ofNobody = aSnapshot({ id: 'by-hand', takenAt: now, backup: undefined as never });
    const snapshots = [aSnapshot(), older, ofNobody];
    expect(planFailover(drill({ snapshots })).copy?.source).toMatchObject({ snapshot: 'evenkeel-shop-db-b1' });
  });
  test('is refused when there is nothing to restore', () => {
    expect(planned(drill())).toThrow(failure('NothingToRestore'));
  });
  test('may not take the place of a promoted replica', () => {
    expect(planned(drill({ replica: withoutFollows(), promotedBefore: true }))).toThrow(failure('ReplicaUnfit'));
  });
  test('has an instance name that fits, however long the names are', () => {
    const name = copyIdOf('d'.repeat(30), 'x'.repeat(80));
    expect(`evenkeel-drill-${name}`.length).toBeLessThanOrEqual(63);
  });
});

describe('what is refused at the door', () => {
  test.each([
    ['no reason', aWish({ reason: undefined as never })],
    ['an empty reason', aWish({ reason: '' })],
    ['another mode', aWish({ mode: 'rehearsal' as never })],
    ['an unknown field', { ...aWish(), force: true }],
  ])('a wish with %s', (_, wish) => {
    expect(v.is(FailoverWish, wish)).toBe(false);
  });
  test.each([
    ['another approval than none', aFailoverPolicy({ approval: 'two-people' as never })],
    ['two witnesses', aFailoverPolicy({ witnesses: 2 as never })],
    ['no name to move', aFailoverPolicy({ records: [] })],
    ['a name that is none', aFailoverPolicy({ records: ['https://shop'] })],
  ])('a section with %s', (_, policy) => {
    expect(v.is(FailoverPolicy, policy)).toBe(false);
  });
});

function withoutFollows() {
  const { follows, ...alone } = anInstance();
  return alone;
}
