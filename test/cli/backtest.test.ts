import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import { aChange } from '../contracts/incidents.contract.ts';
import { documents, evenkeel } from './support/host.ts';

const catalog = readFileSync(new URL('../../config/catalog.yml', import.meta.url), 'utf8');
const firstMs = Date.parse('2026-05-01T00:00:00.000Z');
const resource = { kind: 'service', id: 'mcp-manager', service: 'mcp-manager' } as const;

/** Made up: the alarm fires at ten on every seventh of 90 days and is over five minutes later. */
const quarter = Array.from({ length: 90 }, (_, day) => day).flatMap((day): AlarmChange[] => {
  const at = (minute: number) => new Date(firstMs + day * 86_400_000 + (600 + minute) * 60_000).toISOString();
  const name = day % 7 === 0 ? 'mcp-manager-error-ratio' : 'another';
  return [aChange({ name, resource, at: at(0) }), aChange({ name, resource, at: at(5), state: 'over' })];
});
const jsonLines = (changes: readonly unknown[]) => changes.map((change) => `${JSON.stringify(change)}\n`).join('');

const backtest = (history: string, playbook: string, ...more: string[]) => {
  const files = new Map([
    ['config/catalog.yml', catalog],
    ['alarms.jsonl', history],
  ]);
  return evenkeel({ files }, 'backtest', playbook, '--history', 'alarms.jsonl', ...more);
};

test('shows how often it would have acted, and draws it day by day', async () => {
  const { code, out } = await backtest(jsonLines(quarter), 'requests-fail');
  expect(code).toBe(0);
  expect(out).toContain('requests-fail: 13 alarms matched: would have acted 13 times');
  expect(out).toContain('acts a day, 2026-05-01 to 2026-07-29');
  expect(out).toMatch(/1\.0 [┤┼].*╭╮/);
});

test('in JSON it is one document with every day', async () => {
  const [document] = documents(await backtest(jsonLines(quarter), 'requests-fail', '--json'));
  expect(document).toMatchObject({ playbook: 'requests-fail', answered: 13, act: 13, stop: 0 });
  expect((document as { days: unknown[] }).days).toHaveLength(90);
});

test('a playbook that is not there is refused with those that are', async () => {
  const { code, err } = await backtest(jsonLines(quarter), 'requests-fall');
  expect(code).toBe(2);
  expect(err).toMatch(/playbook: got "requests-fall"; the catalog has: .*requests-fail/);
});

test('what cannot be read of a history is told all at once, line by line', async () => {
  const { code, err } = await backtest(
    `{\n\n${jsonLines([aChange(), { ...aChange(), state: 'red' }])}`,
    'requests-fail',
  );
  expect(code).toBe(2);
  expect(err).toContain('line 1: ');
  expect(err).toMatch(/line 4: state: .*got red/);
});

test('an empty history is refused', async () => {
  expect(await backtest('\n', 'requests-fail')).toMatchObject({ code: 2 });
});
