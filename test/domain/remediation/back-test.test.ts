import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlarmChange } from '../../../lib/contracts/alarm.ts';
import type { Playbook } from '../../../lib/contracts/playbook.ts';
import { backTest, type PastContext } from '../../../lib/domain/remediation/back-test.ts';
import { summaryOf } from '../../../lib/domain/remediation/back-test-summary.ts';
import { modelRemediation } from '../../../twin/model/remediation-section.ts';
import { aChange } from '../../contracts/incidents.contract.ts';

const [model] = modelRemediation.playbooks as [Playbook];
const playbook: Playbook = { ...model, match: { field: 'name', equals: 'shop-errors' } };
const on = (day: number, time = '10:00') => `2026-05-0${day}T${time}:00.000Z`;
const firing = (at: string, differs: Partial<AlarmChange> = {}) => aChange({ at, ...differs });

const context = (differs: Partial<PastContext> = {}): PastContext => ({
  policy: {
    resourceCooldownSeconds: 3600,
    playbookCooldownSeconds: 0,
    attempts: { most: 2, withinSeconds: 86_400 },
    flapping: { changes: 4, withinSeconds: 3600 },
    fleet: { most: 2, withinSeconds: 3600 },
  },
  freezes: [],
  maintenance: [],
  ownedByTerraform: [],
  releases: [],
  ...differs,
});
const went = (history: AlarmChange[], differs: Partial<PastContext> = {}, by = playbook) =>
  backTest(history, by, context(differs)).map(({ go }) => go);
const denying = (history: AlarmChange[], differs: Partial<PastContext> = {}) =>
  backTest(history, playbook, context(differs)).map(({ decision }) =>
    decision.guards.filter(({ verdict }) => verdict === 'deny').map(({ guard }) => guard),
  );

describe('a back-test', () => {
  test('of nothing does nothing', () => {
    expect(went([])).toEqual([]);
    expect(summaryOf([], [])).toMatchObject({ answered: 0, act: 0, days: [] });
  });
  test('answers what fires and matches, and nothing else', () => {
    const history = [firing(on(1)), firing(on(2), { state: 'over' }), firing(on(3), { name: 'other' })];
    expect(went(history)).toEqual(['act']);
  });
  test('acts only as its playbook may', () => {
    expect(went([firing(on(1))], {}, { ...playbook, mode: 'ask' })).toEqual(['ask']);
    expect(went([firing(on(1))], {}, { ...playbook, mode: 'shadow' })).toEqual(['watch']);
  });
  test('does nothing in a freeze, up to its end', () => {
    const freezes = [{ from: on(1), to: on(2), reason: 'the sale' }];
    expect(denying([firing(on(1)), firing(on(2))], { freezes })).toEqual([['freeze'], []]);
  });
  test('does nothing on a resource under deployment, and does on others', () => {
    const releases = [{ service: 'shop', release: 'shop-r1', from: on(1, '09:00'), to: on(1, '11:00') }];
    const other = firing(on(1, '10:01'), { resource: { kind: 'service', id: 'cart', service: 'cart' } });
    expect(denying([firing(on(1)), other], { releases })).toEqual([['release'], []]);
  });
  test('remembers what it would have done', () => {
    const history = [firing(on(1)), firing(on(1, '10:30')), firing(on(1, '12:00')), firing(on(1, '14:00'))];
    expect(denying(history)).toEqual([[], ['cooldown'], [], ['attempts']]);
  });
  test('an alarm that comes while an act is still watched is its own doing', () => {
    expect(denying([firing(on(1)), aChange({ at: '2026-05-01T10:00:20.000Z' })])[1]).toContain('own-doing');
  });
  test('one alarm that flaps says nothing of the same alarm of another resource', () => {
    const flaps = [1, 2, 3].map((minute) => firing(on(1, `10:0${minute}`), { state: 'over' }));
    const cart = { kind: 'service', id: 'cart', service: 'cart' } as const;
    expect(went([...flaps, firing(on(1, '10:05'))])).toEqual(['ask']);
    expect(went([...flaps, firing(on(1, '10:05'), { resource: cart })])).toEqual(['act']);
  });
});

test('its summary counts each day, also those without', () => {
  const history = [firing(on(1)), firing(on(3)), firing(on(3, '10:30'))];
  const freezes = [{ from: on(1), to: on(2), reason: 'the sale' }];
  const summary = summaryOf(history, backTest(history, playbook, context({ freezes })));
  expect(summary).toMatchObject({ answered: 3, act: 1, stop: 2, denials: { freeze: 1, cooldown: 1 } });
  expect(summary.days.map(({ day, act, stop }) => [day, act, stop])).toEqual([
    ['2026-05-01', 0, 1],
    ['2026-05-02', 0, 0],
    ['2026-05-03', 1, 1],
  ]);
  expect(summary.says).toBe(
    '3 alarms matched: would have acted 1 times, asked 0 times, only watched 0 and done nothing 2 times; ' +
      '1 fell in freezes, 0 on resources under deployment',
  );
});

test('a history in another order, or told twice, comes to the same', () => {
  const moments = fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 30 });
  const shuffled = moments.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
  );
  const told = (all: number[]) =>
    all.map((second) =>
      aChange({
        at: new Date(Date.UTC(2026, 4, 1) + second * 1000).toISOString(),
        state: second % 3 === 0 ? 'over' : 'firing',
      }),
    );
  fc.assert(
    fc.property(shuffled, ([all, again]) => {
      expect(backTest(told(again), playbook, context())).toEqual(backTest(told(all), playbook, context()));
    }),
  );
});
