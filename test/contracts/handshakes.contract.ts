import { describe, expect, test } from '@jest/globals';
import type { Endpoint, Handshake } from '../../lib/contracts/certificate.ts';
import type { Instant } from '../../lib/contracts/instant.ts';
import { isUnreadable, readCertificate } from '../../lib/domain/certificates/read-certificate.ts';
import type { Handshakes } from '../../lib/ports/certificates.ts';

export type HandshakesWorld = {
  port: Handshakes;
  /** Serves `leaf`, by its fingerprint, at every address, with a chain that leads to one of the anchors. */
  good: Endpoint;
  leaf: string;
  /** Has an address at which nobody listens. */
  silent: Endpoint;
  /** Has no address. */
  nowhere: Endpoint;
  /** In good time, and over already. */
  deadline: Instant;
  over: Instant;
};

const leafOf = (one: Handshake): string => {
  if (one.state !== 'served') return one.silence;
  const read = readCertificate(Buffer.from(one.chain[0] ?? '', 'base64'));
  return isUnreadable(read) ? read.unreadable : read.fingerprint;
};

export const describeHandshakes = (name: string, make: () => Promise<HandshakesWorld>): void => {
  describe(`Handshakes: ${name}`, () => {
    test('there is one reading for each endpoint, in their order', async () => {
      const { port, good, silent, nowhere, deadline } = await make();
      const readings = await port.probe([silent, good, nowhere], deadline);
      expect(readings.slice(0, 3).map(({ endpoint }) => endpoint)).toEqual([silent, good, nowhere]);
    });

    test('every address is asked once for each kind of key', async () => {
      const { port, good, deadline } = await make();
      const [reading] = await port.probe([good], deadline);
      const asked = reading?.handshakes.map(({ address, key }) => `${address} ${key}`).sort();
      const expected = reading?.addresses.flatMap((address) => [`${address} ecdsa`, `${address} rsa`]).sort();
      expect(reading?.addresses.length).toBeGreaterThan(0);
      expect(asked).toEqual(expected);
    });

    test('what is served is handed over as it was sent, leaf first', async () => {
      const { port, good, leaf, deadline } = await make();
      const [reading] = await port.probe([good], deadline);
      for (const address of reading?.addresses ?? []) {
        const there = reading?.handshakes.filter((one) => one.address === address) ?? [];
        expect(there.map(leafOf)).toContain(leaf);
      }
    });

    test('where nobody answers, that is the answer, with its reason', async () => {
      const { port, silent, deadline } = await make();
      const [reading] = await port.probe([silent], deadline);
      expect(reading?.addresses.length).toBeGreaterThan(0);
      expect(reading?.handshakes.map(({ state }) => state)).not.toContain('served');
      for (const one of reading?.handshakes ?? []) expect(one).toMatchObject({ reason: expect.stringMatching(/./) });
    });

    test('a name that leads nowhere has no address, and says so', async () => {
      const { port, nowhere, deadline } = await make();
      const [reading] = await port.probe([nowhere], deadline);
      expect(reading).toMatchObject({ addresses: [], handshakes: [], unresolved: expect.stringMatching(/./) });
    });

    test('what was not done by the deadline is silent, and never left out', async () => {
      const { port, good, over } = await make();
      const [reading] = await port.probe([good], over);
      expect(reading?.endpoint).toEqual(good);
      expect(reading?.handshakes.map(({ state }) => state)).not.toContain('served');
      expect(reading?.addresses.length === 0 ? reading.unresolved : reading?.handshakes.length).toBeTruthy();
    });

    test('nothing to ask is nothing to answer', async () => {
      const { port, deadline } = await make();
      expect(await port.probe([], deadline)).toEqual([]);
    });

    test('the anchors are authorities that can be read', async () => {
      const { port } = await make();
      const anchors = await port.anchors();
      expect(anchors.length).toBeGreaterThan(0);
      for (const anchor of anchors)
        expect(readCertificate(Buffer.from(anchor, 'base64'))).toMatchObject({ authority: true });
    });
  });
};
