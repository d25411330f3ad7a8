import { expect, test } from '@jest/globals';
import type { Rota } from '../../../lib/contracts/on-call.ts';
import { onTurn } from '../../../lib/domain/on-call/on-turn.ts';

const rota: Rota = { people: ['ann', 'ben', 'cem'], turnDays: 7, from: '2026-05-04T09:00:00.000Z', overrides: [] };

test.each([
  ['2026-05-04T09:00:00.000Z', 'ann'],
  ['2026-05-11T08:59:59.999Z', 'ann'],
  ['2026-05-11T09:00:00.000Z', 'ben'],
  ['2026-05-18T09:00:00.000Z', 'cem'],
  ['2026-05-25T09:00:00.000Z', 'ann'],
  ['2026-05-04T08:59:59.999Z', 'cem'],
  ['2026-04-13T09:00:00.000Z', 'ann'],
])('at %s it is the turn of %s', (at, person) => {
  expect(onTurn(rota, at)).toBe(person);
});

test('an override holds from its beginning until just before its end, and the last that fits counts', () => {
  const overrides = [
    { person: 'ben', from: '2026-05-05T00:00:00.000Z', to: '2026-05-07T00:00:00.000Z' },
    { person: 'cem', from: '2026-05-06T00:00:00.000Z', to: '2026-05-07T00:00:00.000Z' },
  ];
  const at = (instant: string) => onTurn({ ...rota, overrides }, instant);
  expect(at('2026-05-04T23:59:59.999Z')).toBe('ann');
  expect(at('2026-05-05T00:00:00.000Z')).toBe('ben');
  expect(at('2026-05-06T12:00:00.000Z')).toBe('cem');
  expect(at('2026-05-07T00:00:00.000Z')).toBe('ann');
});
