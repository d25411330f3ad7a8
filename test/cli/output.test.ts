import { describe, expect, test } from '@jest/globals';
import { duration } from '../../cli/output/duration.ts';
import { styleFor } from '../../cli/output/style.ts';
import { table } from '../../cli/output/table.ts';
import { terminalOn } from '../../cli/output/terminal.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop, v2 } from './support/shop.ts';

const csi = '\u001b[';

describe('colour', () => {
  test.each([
    ['a terminal', {}, true, true],
    ['no terminal', {}, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('%s', (_, environment, isTerminal, coloured) => {
    expect(styleFor(environment, isTerminal).red('no').includes(csi)).toBe(coloured);
  });

  test('JSON has none, on a terminal too', async () => {
    const { plane } = await aShop();
    const ended = await evenkeel({ plane, isTTY: true }, 'deploy', 'shop', v2.digest, '--json');
    expect(ended.out).not.toContain(csi);
    expect(documents(ended).length).toBeGreaterThan(2);
  });
});

describe('a terminal', () => {
  const written = (isTTY: boolean) => {
    const texts: string[] = [];
    return { texts, terminal: terminalOn({ isTTY, columns: 30, write: (text) => texts.push(text) }) };
  };

  test('takes the status away before it writes a line', () => {
    const { texts, terminal } = written(true);
    terminal.status('working');
    terminal.line('done');
    expect(texts).toEqual([`\r${csi}2Kworking`, `\r${csi}2K`, 'done\n']);
  });

  test('cuts a status that would wrap', () => {
    const { texts, terminal } = written(true);
    terminal.status('x'.repeat(100));
    expect(texts[0]).toHaveLength(`\r${csi}2K`.length + 29);
  });

  test('shows no status in a file', () => {
    const { texts, terminal } = written(false);
    terminal.status('working');
    expect(texts).toEqual([]);
  });
});

test('columns line up whatever colours are in them', () => {
  expect(
    table([
      ['a', 'b'],
      [`${csi}31mlong${csi}39m`, 'c'],
    ]),
  ).toBe(`a     b\n${csi}31mlong${csi}39m  c`);
});

test.each([
  [400, '0.4 s'],
  [12_400, '12 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms are %s', (ms, text) => expect(duration(ms)).toBe(text));
