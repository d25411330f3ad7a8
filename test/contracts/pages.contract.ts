import { describe, expect, test } from '@jest/globals';
import type { Pages } from '../../lib/ports/pages.ts';

const aPage = (content: string) => ({ name: 'status.html', type: 'text/html', content }) as const;

/** `make` gives a place without pages each time; `read`: what is served under a name. */
export const describePages = (
  name: string,
  make: () => Promise<{ port: Pages; read(page: string): Promise<string | undefined> }>,
): void => {
  describe(`Pages: ${name}`, () => {
    test('what was put is served as it is, and no other page', async () => {
      const { port, read } = await make();
      await port.put(aPage('<p>größer</p>'));
      expect(await read('status.html')).toBe('<p>größer</p>');
      expect(await read('other.html')).toBeUndefined();
    });

    test('the last that was put under a name is served', async () => {
      const { port, read } = await make();
      await port.put(aPage('old'));
      await port.put(aPage('new'));
      await port.put({ name: 'status.json', type: 'application/json', content: '{}' });
      expect([await read('status.html'), await read('status.json')]).toEqual(['new', '{}']);
    });
  });
};
