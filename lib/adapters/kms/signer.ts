import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import * as v from 'valibot';
import { OutputInvalid } from '../../contracts/failures.ts';
import type { Signer } from '../../ports/evidence.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { kmsClient } from './client.ts';

const dependency = 'KMS';
const algorithm = 'ECDSA_SHA_256';

const signingKey = v.pipe(
  setting,
  v.regex(/^arn:[\w-]+:kms:[^:]+:\d+:key\/[\w-]+$/, 'expected the ARN of a key, not of an alias, which can move'),
);

const present = (bytes: Uint8Array | undefined, what: string): Buffer => {
  if (bytes) return Buffer.from(bytes);
  throw new OutputInvalid(`KMS answered without a ${what}`);
};

/** KMS hashes the text itself, so it takes at most 4096 bytes; what is signed here is a hash already. */
const signerWith = (KeyId: string): Signer => ({
  async sign(text) {
    const Message = Buffer.from(text, 'utf8');
    const command = new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm: algorithm });
    const signed = await calling(dependency, () => kmsClient().send(command));
    return { keyId: KeyId, algorithm, signature: present(signed.Signature, 'signature').toString('base64') };
  },
  async publicKey(keyId) {
    const found = await calling(dependency, () => kmsClient().send(new GetPublicKeyCommand({ KeyId: keyId })));
    const key = createPublicKey({ key: present(found.PublicKey, 'public key'), format: 'der', type: 'spki' });
    return key.export({ type: 'spki', format: 'pem' }).toString();
  },
});

export const kmsSigner = adapter({ SIGNING_KEY_ARN: signingKey }, ({ SIGNING_KEY_ARN }) => signerWith(SIGNING_KEY_ARN));
