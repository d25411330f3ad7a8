import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { SourceReading } from '../../lib/contracts/certificate.ts';
import type { CertificateInventory } from '../../lib/ports/certificates.ts';

export type InventoryWorld = {
  port: CertificateInventory;
  /** The `id` of an entry, and the fingerprint of its newest certificate. */
  id: string;
  fingerprint: string;
  /** A newer one is issued; gives its fingerprint. */
  reissue(): Promise<string>;
  /** Its source cannot be asked from now on. */
  breakSource(): Promise<void>;
};

const entriesOf = (readings: readonly SourceReading[]) =>
  readings.flatMap((reading) => (reading.state === 'read' ? reading.entries : []));

export const describeInventory = (name: string, make: () => Promise<InventoryWorld>): void => {
  describe(`CertificateInventory: ${name}`, () => {
    test('every source is read, or says why not', async () => {
      const { port } = await make();
      const readings = await port.read();
      for (const reading of readings) expect(v.is(SourceReading, reading)).toBe(true);
      expect(new Set(readings.map(({ source }) => source)).size).toBe(readings.length);
    });

    test('an entry has the newest certificate, its public part alone', async () => {
      const { port, id, fingerprint } = await make();
      const readings = await port.read();
      expect(entriesOf(readings).find((entry) => entry.id === id)?.certificate?.fingerprint).toBe(fingerprint);
      expect(JSON.stringify(readings)).not.toMatch(/PRIVATE KEY/);
    });

    test('the same entry has the same id again, and no other has it', async () => {
      const { port } = await make();
      const ids = entriesOf(await port.read()).map((entry) => entry.id);
      expect(entriesOf(await port.read()).map((entry) => entry.id)).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('a newer certificate takes the place of the one before, under the same id', async () => {
      const { port, id, reissue } = await make();
      const newer = await reissue();
      expect(entriesOf(await port.read()).find((entry) => entry.id === id)?.certificate?.fingerprint).toBe(newer);
    });

    test('a source that cannot be asked is unread with a reason, and has no entries', async () => {
      const { port, id, breakSource } = await make();
      await breakSource();
      const readings = await port.read();
      const unread = readings.filter(({ state }) => state === 'unread');
      expect(unread).not.toEqual([]);
      for (const reading of unread) expect(reading).toMatchObject({ reason: expect.stringMatching(/./) });
      expect(entriesOf(readings).map((entry) => entry.id)).not.toContain(id);
    });
  });
};
