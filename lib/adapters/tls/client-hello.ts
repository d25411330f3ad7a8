import { randomBytes } from 'node:crypto';

/** A length in `bytes` bytes, then what it is of, as RFC 5246 section 4.3 writes vectors. */
const vector = (bytes: number, content: Buffer): Buffer => {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([length, content]);
};
const numbers = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => void buffer.writeUInt16BE(value, index * 2));
  return buffer;
};
const extension = (kind: number, content: Buffer): Buffer => Buffer.concat([numbers(kind), vector(2, content)]);

/** Every suite that TLS 1.0 and 1.1 had and a server may still have, weak ones too: ECDHE, DHE and RSA with AES, Camellia, 3DES, SEED, RC4. */
const suites = numbers(
  ...[0xc00a, 0xc009, 0xc014, 0xc013, 0x0039, 0x0033, 0x0038, 0x0032, 0x0035, 0x002f, 0x0088, 0x0045, 0x0087, 0x0044],
  ...[0x0084, 0x0041, 0xc008, 0xc012, 0x0016, 0x0013, 0x000a, 0x009a, 0x0096, 0xc007, 0xc011, 0x0005, 0x0004, 0x00ff],
);
/** P-256, P-384, P-521 and x25519. */
const groups = extension(10, vector(2, numbers(23, 24, 25, 29)));
const pointFormats = extension(11, vector(1, Buffer.from([0])));
const serverName = (host: string): Buffer =>
  extension(0, vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(host, 'ascii'))])));

export const oldVersions = { TLSv1: 0x0301, 'TLSv1.1': 0x0302 } as const;
export type OldVersionName = keyof typeof oldVersions;

/**
 * A ClientHello whose highest version is an old one, written by hand: the runtime's own TLS may have been built or configured
 * without it, and then nothing could be told of the server. `host`: absent for an address, which SNI does not know.
 */
export const clientHello = (version: OldVersionName, host?: string): Buffer => {
  const extensions = Buffer.concat([...(host === undefined ? [] : [serverName(host)]), groups, pointFormats]);
  const hello = Buffer.concat([
    numbers(oldVersions[version]),
    randomBytes(32),
    vector(1, Buffer.alloc(0)),
    vector(2, suites),
    vector(1, Buffer.from([0])),
    vector(2, extensions),
  ]);
  const handshake = Buffer.concat([Buffer.from([1]), vector(3, hello)]);
  return Buffer.concat([Buffer.from([22]), numbers(oldVersions.TLSv1), vector(2, handshake)]);
};
