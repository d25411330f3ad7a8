import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Signature } from '../../lib/contracts/evidence.ts';
import type { Signer } from '../../lib/ports/evidence.ts';

/** By Node alone, as somebody without an account does it. */
const isSigned = (text: string, { signature }: Signature, publicKey: string): boolean =>
  verify('sha256', Buffer.from(text, 'utf8'), createPublicKey(publicKey), Buffer.from(signature, 'base64'));

export const describeSigner = (name: string, make: () => Promise<{ port: Signer }>): void => {
  describe(`Signer: ${name}`, () => {
    test('a signature holds for its text, with the public key alone', async () => {
      const { port } = await make();
      const signed = await port.sign('9f86d081');
      expect(signed.algorithm).toBe('ECDSA_SHA_256');
      expect(isSigned('9f86d081', signed, await port.publicKey(signed.keyId))).toBe(true);
    });

    test('a signature does not hold for a text with one letter changed', async () => {
      const { port } = await make();
      const signed = await port.sign('9f86d081');
      expect(isSigned('9f86d082', signed, await port.publicKey(signed.keyId))).toBe(false);
    });

    test('a text is signed as UTF-8', async () => {
      const { port } = await make();
      const signed = await port.sign('Zürich → 東京');
      expect(isSigned('Zürich → 東京', signed, await port.publicKey(signed.keyId))).toBe(true);
    });

    test('all signatures are by one key, a P-256 one', async () => {
      const { port } = await make();
      const [first, second] = [await port.sign('first'), await port.sign('second')];
      expect(second.keyId).toBe(first.keyId);
      const { asymmetricKeyDetails } = createPublicKey(await port.publicKey(first.keyId));
      expect(asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    });
  });
};
