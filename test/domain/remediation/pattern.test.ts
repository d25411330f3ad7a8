import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { patternProblem } from '../../../lib/contracts/pattern.ts';
import { Condition } from '../../../lib/contracts/playbook.ts';

describe('a pattern', () => {
  test.each([
    'shop',
    '^Threshold',
    '^shop-.*-errors$',
    '^shop-.*-(errors|latency)-.*$',
    'a|b|c',
    '(errors|latency)$',
    '[+*]{3}x?',
    '\\d+',
    '^[0-9]{2}:[0-9]{2}',
    '\\(a\\)+',
    '(ab)+',
    '(?:ab){3}',
    '(?<name>a)b*?',
    '[)(|]+',
    '',
  ])('%s is fine', (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });
  test.each([
    ['(a', 'pattern of JavaScript'],
    ['*', 'pattern of JavaScript'],
    ['(a+)+$', 'varies within'],
    ['((a+))*', 'varies within'],
    ['(a|a)*b', 'varies within'],
    ['((a|b)c)+', 'varies within'],
    ['(a?){30}', 'varies within'],
    ['(a{1,9}){2,}', 'varies within'],
    ['.*.*x', 'at most 1'],
    ['^a|.*.*x', 'at most 1'],
    ['^.*.*.*x', 'at most 2'],
    ['a{0,99}a{0,99}b', 'at most 1'],
    ['a?a?a?a?a?b', 'at most 4'],
    ['(a|a)(a|a)(a|a)(a|a)(a|a)b', 'at most 4'],
    ['(?=a)b', 'looking'],
    ['(?<!a)b', 'looking'],
    ['(a)\\1', 'reference'],
    ['(?<x>a)\\k<x>', 'reference'],
  ])('%s is refused: %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toContain(problem);
  });
  test('that is refused is refused in a condition, also deep within one', () => {
    const within = { not: { all: [{ field: 'says', matches: '(a+)+$' }] } };
    const parsed = v.safeParse(Condition, within);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.issues?.map(({ message }) => message))).toContain('varies within');
    expect(v.is(Condition, { not: { all: [{ field: 'says', matches: '^a.*$' }] } })).toBe(true);
  });
});
