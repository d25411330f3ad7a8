import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';

const catalog = readFileSync(new URL('../../config/catalog.yml', import.meta.url), 'utf8');
const from = '2026-05-04T00:00:00.000Z';

/** Made up: five days by the hour, from 10 to 30 requests a second, with the peak at six. */
const days = (slots = 120) =>
  Array.from({ length: slots }, (_, hour) => ({
    start: plusSeconds(from, hour * 3600),
    requests: Math.round(3600 * (20 + 10 * Math.sin((2 * Math.PI * hour) / 24)) + (hour % 7)),
  }));
const forecast = (counts: readonly object[], ...more: string[]) => {
  const history = counts.map((one) => `${JSON.stringify(one)}\n`).join('');
  const files = new Map([
    ['config/catalog.yml', catalog],
    ['requests.jsonl', history],
  ]);
  return evenkeel({ files }, 'forecast', 'mcp-manager', '--history', 'requests.jsonl', ...more);
};

test('a file of five days shows the sixth, with the error that was measured and what follows', async () => {
  const { code, out } = await forecast(days(), '--requests-per-pod', '5');
  expect(code).toBe(0);
  expect(out).toContain('mcp-manager: requests a second');
  expect(out).toMatch(/30\.\d [┤┼]/);
  expect(out).toMatch(/Holt-Winters MASE \d+\.\d\d, MAPE \d+\.\d %, seasonal naive MASE/);
  expect(out).toContain('the newest slot is as expected');
  expect(out).toMatch(/advice: raise the floor of mcp-manager to 7 before 0\d:00 UTC \(2026-05-09\)/);
});

test('guards are asked, and what they do not know asks: advice never acts', async () => {
  const [document] = documents(await forecast(days(), '--requests-per-pod', '5', '--json'));
  expect(document).toMatchObject({ advice: { to: 7, decision: { verdict: 'ask' } }, anomaly: null });
  const { expected } = document as { expected: object[] };
  expect(expected).toHaveLength(24);
});

test('a freeze denies it', async () => {
  const frozen = catalog.replace(
    'freezes: []',
    "freezes:\n  - { from: '2026-05-01T00:00:00.000Z', to: '2026-06-01T00:00:00.000Z', reason: holidays }",
  );
  const files = new Map([
    ['config/catalog.yml', frozen],
    [
      'requests.jsonl',
      days()
        .map((one) => JSON.stringify(one))
        .join('\n'),
    ],
  ]);
  const { out } = await evenkeel(
    { files },
    ...['forecast', 'mcp-manager', '--history', 'requests.jsonl', '--requests-per-pod', '5'],
  );
  expect(out).toContain('its guards say deny:');
  expect(out).toMatch(/freeze: .*holidays/);
});

test('what falls out of its bounds is called an anomaly', async () => {
  const counts = days();
  const [document] = documents(await forecast([...counts.slice(0, -1), { ...counts.at(-1), requests: 0 }], '--json'));
  expect(document).toMatchObject({ anomaly: { came: 0, at: '2026-05-08T23:00:00.000Z' }, advice: null });
});

test.each<[string, readonly object[], string[], RegExp]>([
  ['too short a past', days(72), [], /expected at least 73 whole slots .*got 72/],
  ['none at all', [], [], /expected at least one count/],
  ['a line that cannot be read', [{ start: 'today', requests: -1 }], [], /line 1: start: .*\n?.*line 1: requests/],
  ['a slot that is no multiple of ten', days(), ['--slot', '15'], /--slot: expected 10 to 86400 in steps of 10/],
  ['a season that is too short', days(), ['--season', '9'], /--season: expected 10 to 336/],
])('%s is refused by name', async (_, counts, more, problem) => {
  const { code, err } = await forecast(counts, ...more);
  expect(code).toBe(2);
  expect(err).toMatch(problem);
});

test('without a file, what the router counted is read', async () => {
  const { plane, twin } = await aShop();
  await twin.clock.run({ untilMs: twin.clock.now() + 400_000 });
  const { code, out } = await evenkeel({ plane }, 'forecast', 'shop', '--slot', '10', '--season', '10', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ service: 'shop', series: { slotSeconds: 10 }, advice: null });
});

test('a service nobody knows is refused', async () => {
  const { plane } = await aShop();
  expect((await evenkeel({ plane }, 'forecast', 'shopp')).code).not.toBe(0);
});
