import { type CipherGCMTypes, createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';

/*
 * A file that is compressed (Zstandard) and then encrypted (AES-256-GCM), written and read in constant memory: 12 bytes that were
 * drawn for it, what was encrypted, 16 bytes that prove it. Its name is proven with it, so that one cannot pass for another.
 */
const algorithm: CipherGCMTypes = 'aes-256-gcm';
const nonceBytes = 12;
const proofBytes = 16;

export type Sealing = { path: string; key: Buffer; name: string };
/** Of the file as it is stored. */
export type Sealed = { bytes: number; sha256: string };

export const seal = async (from: Readable, { path, key, name }: Sealing): Promise<Sealed> => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(name));
  const hash = createHash('sha256');
  let bytes = 0;
  const encrypted = async function* (chunks: AsyncIterable<Buffer>) {
    yield nonce;
    for await (const chunk of chunks) yield cipher.update(chunk);
    yield cipher.final();
    yield cipher.getAuthTag();
  };
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  };
  const to = createWriteStream(path, { mode: 0o600, flush: true });
  await pipeline(from, createZstdCompress(), encrypted, counted, to);
  return { bytes, sha256: hash.digest('hex') };
};

/**
 * Reads the whole file into `to`, and says what was read. What comes out counts only once this has ended well: the proof is at the
 * end. Errors: `RecordCorrupt` for a file that was changed, cut off, renamed, or sealed with another key.
 */
export const unseal = async ({ path, key, name }: Sealing, to: Writable): Promise<Sealed> => {
  const { nonce, proof, size } = await ends(path);
  const decipher = createDecipheriv(algorithm, key, nonce).setAAD(Buffer.from(name)).setAuthTag(proof);
  const hash = createHash('sha256').update(nonce);
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const body = createReadStream(path, { start: nonceBytes, end: size - proofBytes - 1 });
  await pipeline(body, hashed, decipher, createZstdDecompress(), new PassThrough(), to).catch((cause) => {
    throw isBroken(cause) ? new RecordCorrupt(`${path}: it is not what was sealed`, { path }, { cause }) : cause;
  });
  return { bytes: size, sha256: hash.update(proof).digest('hex') };
};

/** What decrypting or decompressing says of bytes that are not its own. */
const isBroken = ({ code, message }: NodeJS.ErrnoException): boolean =>
  /authenticate data/.test(message) || /^ZSTD_/.test(code ?? '');

const ends = async (path: string): Promise<{ nonce: Buffer; proof: Buffer; size: number }> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= nonceBytes + proofBytes) throw new RecordCorrupt(`${path}: ${size} bytes are no sealed file`, { path });
    const read = async (length: number, position: number) =>
      (await file.read({ buffer: Buffer.alloc(length), position })).buffer;
    return { nonce: await read(nonceBytes, 0), proof: await read(proofBytes, size - proofBytes), size };
  } finally {
    await file.close();
  }
};
