import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import { judgeRollout } from '../../lib/domain/rollout/judge-rollout.ts';
import { judgeSmoke } from '../../lib/domain/smoke/judge-smoke.ts';
import { drained } from '../../lib/domain/traffic/drained.ts';
import { judgeRouting } from '../../lib/domain/traffic/judge-routing.ts';
import { assertWeights, weightProblem, weightsTowards } from '../../lib/domain/traffic/weights.ts';
import { overall } from '../../lib/domain/verdict/worst.ts';
import { aBucket, anAnswer, aSlotState, now, v1, v2 } from '../support/builders.ts';

describe('a rollout', () => {
  const facts = {
    digest: v2,
    wanted: 3,
    deadline: plusSeconds(now, 60),
    now,
    slot: aSlotState(),
  };

  test.each([
    ['ready', {}],
    ['waiting', { ready: 2 }],
    ['failed', { ready: 3, crashing: true }],
    ['waiting', { digest: v1 }],
  ] as const)('is %s with %j', (state, slot) => {
    expect(judgeRollout({ ...facts, slot: { ...facts.slot, ...slot } }).state).toBe(state);
  });

  test('fails at the stored deadline, however many pods come and go', () => {
    expect(judgeRollout({ ...facts, slot: { ...facts.slot, ready: 2 }, now: facts.deadline }).state).toBe('failed');
  });
});

describe('a smoke test', () => {
  const policy = { requests: 3, maxFailures: 0, maxP95Ms: 100 };
  const target = { slot: 'green', digest: v2 } as const;

  test.each([
    ['healthy', [anAnswer(), anAnswer(), anAnswer()]],
    ['inconclusive', [anAnswer(), anAnswer()]],
    ['unhealthy', [anAnswer(), anAnswer({ ok: false }), anAnswer()]],
    ['unhealthy', [anAnswer(), anAnswer({ digest: v1 }), anAnswer()]],
    ['unhealthy', [anAnswer({ slot: 'blue' })]],
    ['unhealthy', [anAnswer(), anAnswer({ latencyMs: 101 }), anAnswer()]],
  ])('is %s', (verdict, answers) => {
    expect(judgeSmoke(answers, target, policy).verdict).toBe(verdict);
  });
});

describe('weights', () => {
  test('always sum to 100 towards a slot', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        (percent) => weightProblem(weightsTowards('green', percent)) === undefined,
      ),
    );
  });

  test('that do not sum are refused with the sum', () => {
    expect(() => assertWeights({ blue: 60, green: 60 })).toThrow('must sum to 100, got blue 60, green 60 (120)');
  });

  test('are whole numbers', () => {
    expect(weightProblem({ blue: 99.5, green: 0.5 })).toMatch(/whole number/);
  });
});

describe('routing', () => {
  const expected = { slot: 'green', digest: v2 } as const;

  test.each([
    ['healthy', [anAnswer(), anAnswer()]],
    ['inconclusive', []],
    ['unhealthy', [anAnswer(), anAnswer({ slot: 'blue', digest: v1 })]],
    ['error', [anAnswer(), { ok: false, latencyMs: 5 }]],
  ])('is %s', (verdict, answers) => {
    expect(judgeRouting(answers, expected).verdict).toBe(verdict);
  });
});

describe('a drained slot', () => {
  const at = plusSeconds(now, 3);
  const quiet = [-10, 0].map((seconds) => aBucket({ start: plusSeconds(now, seconds), requests: 0 }));

  test('answered nothing in any bucket since', () => expect(drained(quiet, 'green', at, 10)).toBe(true));
  test('may be judged by the bucket that is filling, when that began long enough ago', () =>
    expect(drained(quiet.slice(1), 'green', at, 2)).toBe(true));
  test('is not drained while it answers', () =>
    expect(drained([...quiet, aBucket({ start: now, requests: 1 })], 'green', at, 10)).toBe(false));
  test('is not drained when any bucket is missing', () => {
    for (const lost of quiet)
      expect(
        drained(
          quiet.filter((bucket) => bucket !== lost),
          'green',
          at,
          10,
        ),
      ).toBe(false);
  });
  test("is not judged by the other slot's buckets", () => expect(drained(quiet, 'blue', at, 10)).toBe(false));
});

describe('the overall verdict', () => {
  test('is the worst', () =>
    expect(overall([{ verdict: 'healthy' }, { verdict: 'error' }, { verdict: 'inconclusive' }])).toBe('error'));
  test('of nothing is no pass', () => expect(overall([])).toBe('inconclusive'));
});

describe('a cause', () => {
  test('is found inside the description of a nested execution', () => {
    const inner = JSON.stringify({ errorMessage: 'pods keep crashing', errorType: 'RolloutFailed' });
    const cause = JSON.stringify({ Error: 'RolloutFailed', Cause: inner, Status: 'FAILED' });
    expect(readCause({ error: 'States.TaskFailed', cause })).toMatchObject({
      reason: 'RolloutFailed: pods keep crashing',
      foundBad: true,
    });
  });

  test('may be plain text', () => {
    expect(readCause({ error: 'DeploymentABORTED', cause: 'stopped' })).toEqual({
      reason: 'DeploymentABORTED: stopped',
      foundBad: false,
      firstBadAt: null,
    });
  });
});
