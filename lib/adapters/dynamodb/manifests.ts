import { Manifest } from '../../contracts/content.ts';
import { BlobPlace, keepBlob, readBlob } from './blobs.ts';
import type { Table } from './table.ts';

export const ManifestPlace = BlobPlace;
export type ManifestPlace = BlobPlace;

/** `pk`: of the backup or drill that it belongs to. */
const shelfOf = (pk: string) => ({ pk, prefix: 'manifest' });

/** A manifest of thousands of tables is larger than an item may be. The same manifest again changes nothing. */
export const keepManifest = (table: Table, pk: string, manifest: Manifest): Promise<ManifestPlace> =>
  keepBlob(table, shelfOf(pk), manifest);

/** Errors: `RecordCorrupt` when a part is missing or is not what was kept. */
export const readManifest = (table: Table, pk: string, place: ManifestPlace): Promise<Manifest> =>
  readBlob(table, shelfOf(pk), place, Manifest);
