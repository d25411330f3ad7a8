import { describe, expect, test } from '@jest/globals';
import type { InventoryEntry } from '../../lib/contracts/certificate.ts';
import type { Renewals } from '../../lib/ports/certificates.ts';
import { failure } from './good.ts';

export type RenewalsWorld = {
  port: Renewals;
  /** One that can be renewed, one that only a person can renew, and one whose issuer refuses. */
  renewable: InventoryEntry;
  imported: InventoryEntry;
  refused: InventoryEntry;
  /** How many renewals whoever issues was really asked for. */
  asked(): Promise<number>;
};

export const describeRenewals = (name: string, make: () => Promise<RenewalsWorld>): void => {
  describe(`Renewals: ${name}`, () => {
    test('what can be renewed is asked for', async () => {
      const { port, renewable, asked } = await make();
      expect(await port.request(renewable, 'r1')).toBe('requested');
      expect(await asked()).toBe(1);
    });

    test('the same again, while it is under way, is the same request', async () => {
      const { port, renewable, asked } = await make();
      await port.request(renewable, 'r1');
      expect(await port.request(renewable, 'r1')).toBe('requested');
      expect(await asked()).toBe(1);
    });

    test('what only a person can renew is left to a person', async () => {
      const { port, imported, asked } = await make();
      expect(await port.request(imported, 'r1')).toBe('person');
      expect(await asked()).toBe(0);
    });

    test('a refusal is named', async () => {
      const { port, refused } = await make();
      await expect(port.request(refused, 'r1')).rejects.toEqual(failure('RenewalRefused'));
    });
  });
};
