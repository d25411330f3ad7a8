import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bucket } from '../../../lib/contracts/signals.ts';
import { judgeHelp } from '../../../lib/domain/remediation/judge-help.ts';
import { isClearlyWorse } from '../../../lib/domain/remediation/success.ts';

const traffic = (requests: number, failures: number): Bucket[] => [
  { requests: requests - 1, failures } as Bucket,
  { requests: 1, failures: 0 } as Bucket,
];

describe('clearly worse than before the act', () => {
  test.each([
    ['far more fails', traffic(100, 5), traffic(100, 50), true],
    ['as much fails', traffic(100, 30), traffic(100, 30), false],
    ['a little more fails', traffic(100, 30), traffic(100, 50), false],
    ['more fails, of too few to tell', traffic(100, 5), traffic(4, 1), false],
    ['more fails, and less than is allowed', traffic(1000, 1), traffic(1000, 10), false],
    ['nobody came before', [], traffic(100, 90), false],
    ['nobody came after', traffic(100, 5), [], false],
    ['before could not be read', undefined, traffic(100, 90), false],
    ['after could not be read', traffic(100, 5), undefined, false],
  ])('%s: %#', (_, before, after, worse) => {
    expect(isClearlyWorse(0.05, before, after)).toBe(worse);
  });
});

describe('an act that made it worse', () => {
  const looks = (text: string) =>
    [...text].map((one) => ({
      at: '2026-05-01T10:00:00.000Z',
      ...(one === '?' ? {} : { success: one === '+' }),
      ...(one === 'x' ? { worse: true as const } : {}),
    }));
  test.each([
    ['xx', undefined],
    ['xxx', 'harmed'],
    ['x?xx', undefined],
    ['-xxx', 'harmed'],
    ['x+++', 'helped'],
  ])('%s: %s', (text, help) => {
    expect(judgeHelp(looks(text), { periods: 3, patience: 9 })).toBe(help);
  });
  test('helped only after enough good looks in a row, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('+', '-', '?', 'x'), { maxLength: 12 }), (all) => {
        const help = judgeHelp(looks(all.join('')), { periods: 3, patience: 5 });
        expect(help === 'helped').toBe(all.slice(-3).join('') === '+++');
      }),
    );
  });
});
