import type { PublicKeys } from '../../lib/domain/recovery/evidence.ts';
import { UsageInvalid } from '../failures.ts';

/** PEM allows text between keys, and OpenSSL skips it: there we say which key it is. */
const block = /(?:^Key-Id: (\S+)\n)?(-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----)/gm;

export const keysText = (keys: PublicKeys): string =>
  Object.entries(keys)
    .map(([id, pem]) => `Key-Id: ${id}\n${pem.trimEnd()}\n`)
    .join('');

/** `keyId`: which key it is when the file does not say so. Errors: `UsageInvalid`. */
export const parseKeys = (text: string, keyId?: string): PublicKeys => {
  const found = [...text.replaceAll('\r\n', '\n').matchAll(block)].map(([, id, pem = '']) => ({ id, pem }));
  const unnamed = found.filter(({ id }) => id === undefined);
  if (found.length === 0) throw new UsageInvalid('--key: no public key in it; allowed: PEM with BEGIN PUBLIC KEY');
  if (unnamed.length > (keyId === undefined ? 0 : 1))
    throw new UsageInvalid(
      `--key: ${unnamed.length} of its keys do not say which key they are; allowed: a line "Key-Id: …" before each, or one such key and --key-id`,
    );
  return Object.fromEntries(found.map(({ id, pem }) => [id ?? keyId ?? '', pem]));
};
