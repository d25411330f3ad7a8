import { describe, expect, test } from '@jest/globals';
import type { CaaRecords } from '../../lib/ports/certificates.ts';

export type CaaWorld = {
  port: CaaRecords;
  /** Has the record `0 issue "good.example"`; a name without any, above which nobody has any. */
  named: string;
  without: string;
};

export const describeCaa = (name: string, make: () => Promise<CaaWorld>): void => {
  describe(`CaaRecords: ${name}`, () => {
    test('the records of a name are read, with where they stand', async () => {
      const { port, named } = await make();
      const records = [{ critical: false, tag: 'issue', value: 'good.example' }];
      expect(await port.find([named])).toEqual([{ state: 'read', name: named, at: named, records }]);
    });

    test('a name below has those of the name above', async () => {
      const { port, named } = await make();
      const [reading] = await port.find([`shop.${named}`]);
      expect(reading).toMatchObject({ state: 'read', name: `shop.${named}`, at: named });
    });

    test('where nobody says anything, everybody may issue', async () => {
      const { port, without } = await make();
      expect(await port.find([without])).toEqual([{ state: 'read', name: without, records: [] }]);
    });

    test('every name is answered, in its place', async () => {
      const { port, named, without } = await make();
      expect((await port.find([without, named])).map((reading) => reading.name)).toEqual([without, named]);
    });
  });
};
