import { expect, test } from '@jest/globals';
import { extendedGib } from '../../../lib/domain/remediation/extended-storage.ts';

test.each([
  { gib: 100, byPercent: 20, atMostGib: 1000, expected: 120 },
  { gib: 33, byPercent: 10, atMostGib: 1000, expected: 37 },
  { gib: 100, byPercent: 100, atMostGib: 150, expected: 150 },
  { gib: 100, byPercent: 100, atMostGib: 110, expected: 110 },
  // Less than RDS takes, nothing, and a disk that would shrink.
  { gib: 100, byPercent: 100, atMostGib: 109, expected: undefined },
  { gib: 100, byPercent: 100, atMostGib: 100, expected: undefined },
  { gib: 100, byPercent: 100, atMostGib: 20, expected: undefined },
])('$gib GiB by $byPercent % up to $atMostGib: $expected', ({ gib, expected, ...growth }) => {
  expect(extendedGib(gib, growth)).toBe(expected);
});
