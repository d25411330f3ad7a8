import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '../../../lib/ports/evidence.ts';

export const modelKeyId = 'model-key';
/** One key for all worlds of a process: making one takes longer than many runs. */
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const modelPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const modelSigner = (): Signer => ({
  sign: async (text) => ({
    keyId: modelKeyId,
    algorithm: 'ECDSA_SHA_256',
    signature: sign('sha256', Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  }),
  publicKey: async () => modelPublicKey,
});
