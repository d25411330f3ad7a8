import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { numberBytes, uint64Bytes, vectorBytes } from '../../../lib/domain/transparency/bytes.ts';
import { rangesOfProof } from '../../../lib/domain/transparency/consistency.ts';
import { leafBytes, signedEntryBytes, timestampedBytes } from '../../../lib/domain/transparency/entry.ts';
import { rootOf } from '../../../lib/domain/transparency/frontier.ts';
import { type Hash, leafHash } from '../../../lib/domain/transparency/hashes.ts';
import { signedBytesOf, type TreeHead } from '../../../lib/domain/transparency/tree-head.ts';
import { contentOf, extraDataOf, tileDataOf } from './submission.ts';

/** What was handed in, and when; all else follows from it. */
export type Submitted = { atMs: number; chain: Buffer[] };

type Logged = { leaf: Buffer; extra: Buffer; tile: Buffer; hash: Hash };

const tileWidth = 256;
const indexBytes = 5;
/** Hash and kind of a signature, as TLS 1.2 numbers them: SHA-256 with ECDSA. */
const signedWith = Buffer.from([4, 3]);

/** A log of certificate transparency in memory: a real tree, real signatures, and both ways of reading it. */
export class Log {
  readonly #key: KeyObject;
  #entries: Logged[] = [];

  /** `key`: a private one on P-256. */
  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** DER in base64, as lists of logs have it. */
  get publicKey(): string {
    return this.#spki().toString('base64');
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Gives the answer of `add-chain` (RFC 6962 section 4.1), at once for good. Errors: `RangeError` for what is no chain. */
  add({ atMs, chain }: Submitted) {
    const index = this.#entries.length;
    const extensions = leafIndex(index);
    const content = contentOf(chain);
    const entry = timestampedBytes(atMs, content, extensions);
    const leaf = leafBytes(entry);
    this.#entries.push({
      leaf,
      extra: extraDataOf(chain, content),
      tile: Buffer.concat([entry, tileDataOf(chain, content)]),
      hash: leafHash(leaf),
    });
    const signed = Buffer.concat([
      Buffer.from([0, 0]),
      uint64Bytes(atMs),
      signedEntryBytes(content),
      vectorBytes(2, extensions),
    ]);
    return {
      sct_version: 0,
      id: this.id().toString('base64'),
      timestamp: atMs,
      extensions: extensions.toString('base64'),
      signature: this.#sign(signed).toString('base64'),
    };
  }

  id(): Buffer {
    return sha256(this.#spki());
  }

  head(atMs = Date.now()): TreeHead & { signature: Buffer } {
    const head = { size: this.size, root: this.#rootOf(0, this.size), atMs };
    return { ...head, signature: this.#sign(signedBytesOf(head)) };
  }

  proof(first: number, second: number): Hash[] {
    return rangesOfProof(first, second).map(({ start, end }) => this.#rootOf(start, end));
  }

  entries(start: number, end: number): { leaf: Buffer; extra: Buffer }[] {
    return this.#entries.slice(start, end);
  }

  /** Undefined when the tile does not exist at this size. */
  dataTile(index: number, width: number): Buffer | undefined {
    const entries = this.#entries.slice(index * tileWidth, index * tileWidth + width);
    return entries.length === width ? Buffer.concat(entries.map(({ tile }) => tile)) : undefined;
  }

  hashTile(level: number, index: number, width: number): Buffer | undefined {
    const span = tileWidth ** level;
    const starts = Array.from({ length: width }, (_, place) => (index * tileWidth + place) * span);
    if (starts.some((start) => start + span > this.size)) return undefined;
    return Buffer.concat(starts.map((start) => this.#rootOf(start, start + span)));
  }

  /** A lie: the entries from `index` on were never there. */
  forget(index: number): void {
    this.#entries = this.#entries.slice(0, index);
  }

  #rootOf(start: number, end: number): Hash {
    return rootOf(this.#entries.slice(start, end).map(({ hash }) => hash));
  }

  #sign(bytes: Buffer): Buffer {
    return Buffer.concat([signedWith, vectorBytes(2, sign('sha256', bytes, this.#key))]);
  }

  #spki(): Buffer {
    return createPublicKey(this.#key).export({ type: 'spki', format: 'der' });
  }
}

/** The one extension that static-ct asks for: where the entry stands. */
const leafIndex = (index: number): Buffer =>
  Buffer.concat([numberBytes(1, 0), vectorBytes(2, numberBytes(indexBytes, index))]);

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
