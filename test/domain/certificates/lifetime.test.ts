import { describe, expect, test } from '@jest/globals';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { isDue, judgeLifetime, momentOf, shareLeft } from '../../../lib/domain/certificates/lifetime.ts';
import { aCertificateSection } from '../../support/builders.ts';
import { dayMs, now, nowMs } from './authority.ts';

const { policy } = aCertificateSection();
/** Of so many days, of which so many are left. */
const life = (days: number, left: number) => ({
  notBefore: fromMs(nowMs + (left - days) * dayMs),
  notAfter: fromMs(nowMs + left * dayMs),
});

/** SC-081v3: the longest lives of public certificates until 2026, from 2026, 2027 and 2029. */
describe.each([
  [398, 131, 39],
  [200, 65, 19],
  [100, 32, 9],
  [47, 15, 4],
])('a certificate of %d days', (days, due, bad) => {
  test(`is due with ${due} days left, and not with ${due + 1}`, () => {
    expect(isDue(life(days, due), policy, now)).toBe(true);
    expect(isDue(life(days, due + 1), policy, now)).toBe(false);
  });
  test(`is BAD with ${bad} days left, and not with ${bad + 1}`, () => {
    expect(judgeLifetime(life(days, bad), policy, now)).toMatchObject({ health: 'BAD', rule: 'ending' });
    expect(judgeLifetime(life(days, bad + 1), policy, now)).toMatchObject({ health: 'OK', rule: 'due' });
  });
});

test.each([
  ['at its last moment', 0, 'ending'],
  ['a second after it', -1, 'expired'],
  ['a second before its beginning', 47 * 86_400 + 1, 'not-yet'],
])('%s', (_, secondsLeft, rule) => {
  const notAfter = fromMs(nowMs + secondsLeft * 1000);
  const notBefore = fromMs(nowMs + secondsLeft * 1000 - 47 * dayMs);
  expect(judgeLifetime({ notBefore, notAfter }, policy, now)).toMatchObject({ health: 'BAD', rule });
});

test('one that ends before it begins has no life at all', () => {
  const life = { notBefore: fromMs(nowMs + dayMs), notAfter: fromMs(nowMs) };
  expect(judgeLifetime(life, policy, now)).toMatchObject({ health: 'BAD', rule: 'lifetime' });
  expect(shareLeft(life, now)).toBe(0);
});

test('the deadline of a person is the moment at which it goes BAD', () => {
  const one = life(100, 50);
  const deadline = momentOf(one, policy.badShare);
  expect(deadline).toBe(fromMs(nowMs + 40 * dayMs));
  expect(judgeLifetime(one, policy, deadline).health).toBe('OK');
  expect(judgeLifetime(one, policy, fromMs(Date.parse(deadline) + 1000)).health).toBe('BAD');
});
