import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { hashBytes } from './hashes.ts';

/** A tree head as it is signed: `atMs` since 1970. */
export type TreeHead = { size: number; root: Buffer; atMs: number };

const [v1, treeHash] = [0, 1];

/** What a log signs (RFC 6962 section 3.5). */
export const signedBytesOf = ({ size, root, atMs }: TreeHead): Buffer => {
  const bytes = Buffer.alloc(18 + hashBytes);
  bytes.writeUInt8(v1, 0);
  bytes.writeUInt8(treeHash, 1);
  bytes.writeBigUInt64BE(BigInt(atMs), 2);
  bytes.writeBigUInt64BE(BigInt(size), 10);
  root.copy(bytes, 18);
  return bytes;
};

const sha256 = 4;
/** SignatureAlgorithm of TLS 1.2, by the kind of key that may make it. */
const algorithms: Record<string, number> = { rsa: 1, ec: 3 };

/** A signature with its algorithm in front, as TLS 1.2 has it: hash, kind, length in two bytes. */
export const isSignedBy = (key: KeyObject, signed: Uint8Array, signature: Buffer): boolean => {
  const [hash, kind] = [signature[0], signature[1]];
  if (signature.length < 4 || hash !== sha256 || kind !== algorithms[key.asymmetricKeyType ?? '']) return false;
  if (signature.readUInt16BE(2) !== signature.length - 4) return false;
  return verify('sha256', signed, key, signature.subarray(4));
};

/** `key`: DER in base64, as lists of logs have it. Throws what is wrong with it. */
export const publicKeyOf = (key: string): KeyObject =>
  createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
