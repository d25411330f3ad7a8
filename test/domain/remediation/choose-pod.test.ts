import { expect, test } from '@jest/globals';
import { choosePod } from '../../../lib/domain/remediation/choose-pod.ts';
import { failure } from '../../contracts/good.ts';

const pods = [
  { name: 'a', ready: true, restarts: 9 },
  { name: 'c', ready: false, restarts: 1 },
  { name: 'b', ready: false, restarts: 1 },
  { name: 'd', ready: false, restarts: 0 },
];

test.each<[string, typeof pods, string | undefined, string]>([
  ['the one that is named', pods, 'd', 'd'],
  ['one that is not ready before one that is, then the one that began anew most often', pods, undefined, 'b'],
  ['of ready ones the one that began anew most often', pods.slice(0, 1), undefined, 'a'],
])('%s is chosen', (_, all, named, chosen) => {
  expect(choosePod('shop green', all, named)).toBe(chosen);
});

test('one that is not there, or none at all, is impossible', () => {
  expect(() => choosePod('shop green', pods, 'x')).toThrow(failure('ActionImpossible'));
  expect(() => choosePod('shop green', pods, 'x')).toThrow('shop green has no pod "x"');
  expect(() => choosePod('shop green', [], undefined)).toThrow('shop green has no pod');
});
