import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { Catalog } from '../../lib/contracts/catalog.ts';
import type { Catalogs } from '../../lib/ports/catalogs.ts';

export const describeCatalogs = (name: string, make: () => Promise<{ port: Catalogs }>): void => {
  describe(`Catalogs: ${name}`, () => {
    test('the current catalog keeps its contract', async () => {
      const { port } = await make();
      const catalog = await port.current();
      expect(v.parse(Catalog, catalog)).toEqual(catalog);
    });

    test('it does not change under a running process', async () => {
      const { port } = await make();
      expect(await port.current()).toEqual(await port.current());
    });
  });
};
