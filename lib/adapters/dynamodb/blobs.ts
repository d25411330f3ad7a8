import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { RecordCorrupt } from '../../contracts/failures.ts';
import type { Item, Key, Table } from './table.ts';

/** DynamoDB takes items of up to 400 kB; what is kept here is larger, even compressed. */
const partBytes = 350_000;

/** Where a value is: its hash names its parts, so that one which replaces another never mixes with it. */
export const BlobPlace = v.object({ hash: v.string(), parts: v.number() });
export type BlobPlace = v.InferOutput<typeof BlobPlace>;

/** The partition, and what the sort keys of all parts begin with. */
type Shelf = { pk: string; prefix: string };

const partKey = ({ pk, prefix }: Shelf, hash: string, part: number): Key => ({
  pk,
  sk: `${prefix}#${hash}#${String(part).padStart(4, '0')}`,
});

const split = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, part) =>
    bytes.subarray(part * partBytes, (part + 1) * partBytes),
  );

/**
 * Keeps the parts; nobody reads them before a record says where they are. The same value again changes nothing.
 * `expiresAt`: when DynamoDB may drop them, in seconds since 1970; without it never.
 */
export const keepBlob = async (table: Table, shelf: Shelf, value: unknown, expiresAt?: number): Promise<BlobPlace> => {
  const text = JSON.stringify(value);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const parts = split(gzipSync(text));
  const end = expiresAt === undefined ? {} : { expiresAt };
  for (const [part, bytes] of parts.entries()) await table.putNew([{ ...partKey(shelf, hash, part), bytes, ...end }]);
  return { hash, parts: parts.length };
};

/** Errors: `RecordCorrupt` when a part is missing or is not what was kept. */
export const readBlob = async <T>(
  table: Table,
  shelf: Shelf,
  { hash, parts }: BlobPlace,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> => {
  const keys = Array.from({ length: parts }, (_, part) => partKey(shelf, hash, part));
  const items = await Promise.all(keys.map((key) => table.get(key)));
  try {
    const text = gunzipSync(Buffer.concat(items.map(bytesOf))).toString('utf8');
    return v.parse(schema, JSON.parse(text));
  } catch (cause) {
    const { pk, prefix } = shelf;
    throw new RecordCorrupt(`${pk} ${prefix}#${hash}: ${(cause as Error).message}`, { pk, prefix, hash }, { cause });
  }
};

const bytesOf = (item: Item | undefined): Uint8Array => {
  if (item?.bytes instanceof Uint8Array) return item.bytes;
  throw new Error('a part is missing');
};
