import type { BackupId } from '../../contracts/backup.ts';
import { Manifest } from '../../contracts/content.ts';
import { BlobPlace, keepBlob, readBlob } from './blobs.ts';
import type { Table } from './table.ts';

export const ManifestPlace = BlobPlace;
export type ManifestPlace = BlobPlace;

const shelfOf = (id: BackupId) => ({ pk: `backup#${id}`, prefix: 'manifest' });

/** A manifest of thousands of tables is larger than an item may be. The same manifest again changes nothing. */
export const keepManifest = (table: Table, id: BackupId, manifest: Manifest): Promise<ManifestPlace> =>
  keepBlob(table, shelfOf(id), manifest);

/** Errors: `RecordCorrupt` when a part is missing or is not what was kept. */
export const readManifest = (table: Table, id: BackupId, place: ManifestPlace): Promise<Manifest> =>
  readBlob(table, shelfOf(id), place, Manifest);
