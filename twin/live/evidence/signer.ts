import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AccessDenied } from '../../../lib/contracts/failures.ts';
import type { Signer } from '../../../lib/ports/evidence.ts';
import { paths } from '../process/paths.ts';
import { writeOnce } from './write-once.ts';

const idLength = 16;

/** A key of this world alone. Whoever can read its folder can sign; on AWS nobody can take the key out. */
export const fileSigner = (stateDir: string): Signer => ({
  async sign(text) {
    const key = await privateKey(stateDir);
    const signature = sign('sha256', Buffer.from(text, 'utf8'), key).toString('base64');
    return { keyId: await keyIdOf(stateDir, key), algorithm: 'ECDSA_SHA_256', signature };
  },
  publicKey: (keyId) =>
    readFile(publicPath(stateDir, keyId), 'utf8').catch((cause) => {
      throw new AccessDenied(`signing key "${keyId}" is not this world's`, { keyId }, { cause });
    }),
});

const publicPath = (stateDir: string, keyId: string): string =>
  join(dirname(paths.signingKey(stateDir)), `${keyId.replaceAll(/[^\w-]/g, '')}.pem`);

const stored = (stateDir: string) => readFile(paths.signingKey(stateDir), 'utf8').catch(() => undefined);

const privateKey = async (stateDir: string): Promise<KeyObject> => {
  const pem = (await stored(stateDir)) ?? (await newKey(stateDir));
  return createPrivateKey(pem);
};

/** Made once: of two that make one at the same time, the first one's stays. */
const newKey = async (stateDir: string): Promise<string> => {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeOnce(paths.signingKey(stateDir), key.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  return readFile(paths.signingKey(stateDir), 'utf8');
};

const keyIdOf = async (stateDir: string, key: KeyObject): Promise<string> => {
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
  const keyId = `twin-${createHash('sha256').update(pem).digest('hex').slice(0, idLength)}`;
  await writeOnce(publicPath(stateDir, keyId), pem, 0o644);
  return keyId;
};
