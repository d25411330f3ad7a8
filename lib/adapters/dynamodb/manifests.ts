import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { Manifest } from '../../contracts/content.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import type { Item, Table } from './table.ts';

/** DynamoDB takes items of up to 400 kB; a manifest of thousands of tables is larger, even compressed. */
const partBytes = 350_000;

/** Where a manifest is: its hash names its parts, so that one which replaces another never mixes with it. */
export const ManifestPlace = v.object({ hash: v.string(), parts: v.number() });
export type ManifestPlace = v.InferOutput<typeof ManifestPlace>;

const partKey = (pk: string, hash: string, part: number) => ({
  pk,
  sk: `manifest#${hash}#${String(part).padStart(4, '0')}`,
});

const split = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, part) =>
    bytes.subarray(part * partBytes, (part + 1) * partBytes),
  );

/** Keeps the parts beside their record; nobody reads them before it says where they are. The same manifest again changes nothing. */
export const keepManifest = async (table: Table, pk: string, manifest: Manifest): Promise<ManifestPlace> => {
  const text = JSON.stringify(manifest);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const parts = split(gzipSync(text));
  for (const [part, bytes] of parts.entries()) await table.putNew([{ ...partKey(pk, hash, part), bytes }]);
  return { hash, parts: parts.length };
};

/** Errors: `RecordCorrupt` when a part is missing or is not what was kept. */
export const readManifest = async (table: Table, pk: string, { hash, parts }: ManifestPlace): Promise<Manifest> => {
  const keys = Array.from({ length: parts }, (_, part) => partKey(pk, hash, part));
  const items = await Promise.all(keys.map((key) => table.get(key)));
  try {
    const text = gunzipSync(Buffer.concat(items.map(bytesOf))).toString('utf8');
    return v.parse(Manifest, JSON.parse(text));
  } catch (cause) {
    throw new RecordCorrupt(`${pk} manifest#${hash}: ${(cause as Error).message}`, { pk, hash }, { cause });
  }
};

const bytesOf = (item: Item | undefined): Uint8Array => {
  if (item?.bytes instanceof Uint8Array) return item.bytes;
  throw new Error('a part is missing');
};
