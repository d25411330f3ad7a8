import { Bytes, numberBytes, uint64Bytes, vectorBytes } from './bytes.ts';
import { type Hash, leafHash } from './hashes.ts';
import { certificateAround } from './tbs.ts';

/**
 * What a log holds of one certificate. `proven`: DER of what the tree's hash vouches for; for a precertificate that is its content
 * in an envelope of ours, for nothing vouches for the envelope that the log shows. `shown`: DER as it was handed in.
 */
export type LogEntry = { atMs: number; precertificate: boolean; proven: Buffer; shown: Buffer; hash: Hash };

const [v1, timestampedEntry] = [0, 0];
const [x509, precert] = [0, 1];
const keyHashBytes = 32;

type Timestamped = { atMs: number; precertificate: boolean; certificate: Buffer };

const timestamped = (bytes: Bytes): Timestamped => {
  const atMs = bytes.uint64();
  const kind = bytes.number(2);
  if (kind !== x509 && kind !== precert) throw new RangeError(`the entry is of the unknown kind ${kind}`);
  if (kind === precert) bytes.take(keyHashBytes);
  const certificate = bytes.vector(3);
  bytes.vector(2);
  return { atMs, precertificate: kind === precert, certificate };
};

const entryOf = ({ certificate, ...entry }: Timestamped, shown: Buffer, leaf: Buffer): LogEntry => ({
  ...entry,
  proven: entry.precertificate ? certificateAround(certificate) : certificate,
  shown,
  hash: leafHash(leaf),
});

/** One of `get-entries` (RFC 6962 section 4.6). Errors: `RangeError` when it is not what the RFC says. */
export const readEntry = (leaf: Buffer, extra: Buffer): LogEntry => {
  const bytes = new Bytes(leaf);
  if (bytes.number(1) !== v1 || bytes.number(1) !== timestampedEntry)
    throw new RangeError('the leaf is of no known version');
  const entry = timestamped(bytes);
  if (!bytes.done) throw new RangeError('there is something behind the leaf');
  return entryOf(entry, entry.precertificate ? new Bytes(extra).vector(3) : entry.certificate, leaf);
};

/** All of a data tile (c2sp.org/static-ct-api, "Log entries"). Errors: as `readEntry`. */
export const readDataTile = (tile: Buffer): LogEntry[] => {
  const bytes = new Bytes(tile);
  const entries: LogEntry[] = [];
  while (!bytes.done) {
    const from = bytes.at;
    const entry = timestamped(bytes);
    const leaf = Buffer.concat([Buffer.from([v1, timestampedEntry]), bytes.between(from, bytes.at)]);
    const shown = entry.precertificate ? bytes.vector(3) : entry.certificate;
    bytes.vector(2);
    entries.push(entryOf(entry, shown, leaf));
  }
  return entries;
};

/** What a leaf is made of: a certificate, or the content of a precertificate with the hash of its issuer's key. */
export type LeafContent =
  | { kind: 'certificate'; der: Buffer }
  | { kind: 'precertificate'; tbs: Buffer; issuerKeyHash: Buffer };

/** The other way round: what `timestamped` reads, as a log writes it. */
export const timestampedBytes = (atMs: number, content: LeafContent, extensions: Buffer): Buffer =>
  Buffer.concat([uint64Bytes(atMs), signedEntryBytes(content), vectorBytes(2, extensions)]);

/** What a log signs of an entry besides its moment (RFC 6962 section 3.2). */
export const signedEntryBytes = (content: LeafContent): Buffer =>
  content.kind === 'certificate'
    ? Buffer.concat([numberBytes(2, x509), vectorBytes(3, content.der)])
    : Buffer.concat([numberBytes(2, precert), content.issuerKeyHash, vectorBytes(3, content.tbs)]);

export const leafBytes = (entry: Buffer): Buffer => Buffer.concat([Buffer.from([v1, timestampedEntry]), entry]);
