import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
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

describe('from CloudWatch', () => {
  const metrics = [{ metricStat: { metric: { namespace: 'Evenkeel/Traffic', name: 'Failures', dimensions: {} } } }];
  const told = (alarmName: string, value: 'ALARM' | 'OK', time: string) => ({
    time,
    detail: { alarmName, state: { value, reason: 'Threshold Crossed', timestamp: time }, configuration: { metrics } },
  });
  const past = [
    told('mcp-manager-error-ratio', 'ALARM', '2026-05-01T10:00:00.000Z'),
    told('mcp-manager-error-ratio', 'OK', '2026-05-01T10:05:00.000Z'),
    told('another', 'ALARM', '2026-05-02T10:00:00.000Z'),
  ];
  const asked: number[] = [];
  const from = (days: string, history = past, ...more: string[]) =>
    evenkeel(
      {
        files: new Map([['config/catalog.yml', catalog]]),
        async alarmHistory(wanted) {
          asked.push(wanted);
          return history;
        },
      },
      ...['backtest', 'requests-fail', '--from-cloudwatch', days, ...more],
    );

  test('its changes are read as the trigger reads them', async () => {
    const { code, out } = await from('14d');
    expect(code).toBe(0);
    expect(out).toContain('requests-fail: 1 alarms matched: would have acted 1 times');
    expect(out).not.toContain('keeps the history');
    expect(asked.at(-1)).toBe(14);
  });

  test('who asks for more than CloudWatch keeps is told so', async () => {
    const note = 'CloudWatch keeps the history of alarms for 30 days: of 90 days it had no more.';
    expect((await from('90d')).out).toContain(note);
    expect(documents(await from('90d', past, '--json'))).toEqual([expect.objectContaining({ note, answered: 1 })]);
    expect(asked.at(-1)).toBe(30);
  });

  test.each([['a month'], ['0d'], ['400d']])('%s is refused', async (days) => {
    const { code, err } = await from(days);
    expect(code).toBe(2);
    expect(err).toContain(`--from-cloudwatch: expected 1d to 365d, got "${days}"`);
  });

  test('no change at all is refused: it would look like a playbook that does nothing', async () => {
    expect(await from('14d', [])).toMatchObject({ code: 2 });
  });

  test('it is one or the other', async () => {
    expect((await from('14d', past, '--history', 'alarms.jsonl')).code).toBe(2);
    const files = new Map([['config/catalog.yml', catalog]]);
    expect((await evenkeel({ files }, 'backtest', 'requests-fail')).err).toContain(
      'either --history or --from-cloudwatch',
    );
  });
});
