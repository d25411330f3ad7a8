import * as v from 'valibot';
import { Backup, type BackupId } from '../../contracts/backup.ts';
import type { Manifest } from '../../contracts/content.ts';
import type { DatabaseName } from '../../contracts/database.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import type { Backups } from '../../ports/backups.ts';
import { adapter } from '../../runtime/adapter.ts';
import { keepManifest, ManifestPlace, readManifest } from './manifests.ts';
import { readRecord } from './read-record.ts';
import { type Item, type Key, type Table, tableNamed, tableSetting } from './table.ts';

/*
 * All backups of a database are one partition, so `recent` is one consistent query; a pointer item per id leads there.
 * Manifests are large: they lie beside the pointer, and the record says where.
 */
const partition = (database: DatabaseName) => `database#${database}`;
const pointerKey = (id: BackupId): Key => ({ pk: `backup#${id}`, sk: 'pointer' });
const backupKey = ({ database, startedAt, id }: Backup): Key => ({
  pk: partition(database),
  sk: `backup#${startedAt}#${id}`,
});

const Pointer = v.object({ at: v.object({ pk: v.string(), sk: v.string() }) });
const Kept = v.object({
  ...v.omit(Backup, ['before', 'after']).entries,
  before: v.optional(ManifestPlace),
  after: v.optional(ManifestPlace),
});
type Kept = v.InferOutput<typeof Kept>;
type Change = Parameters<Backups['change']>[1];

const backupsIn = (table: Table): Backups => {
  const keyOf = async (id: BackupId): Promise<Key | undefined> => {
    const pointer = await table.get(pointerKey(id));
    return pointer && readRecord(Pointer, pointer).at;
  };

  const placed = async (id: BackupId, { before, after, ...rest }: Change): Promise<Partial<Kept>> => ({
    ...rest,
    ...(before && { before: await keepManifest(table, pointerKey(id).pk, before) }),
    ...(after && { after: await keepManifest(table, pointerKey(id).pk, after) }),
  });

  const withManifests = async ({ before, after, ...rest }: Kept): Promise<Backup> => {
    const read = (place: ManifestPlace): Promise<Manifest> => readManifest(table, pointerKey(rest.id).pk, place);
    return { ...rest, ...(before && { before: await read(before) }), ...(after && { after: await read(after) }) };
  };

  return {
    async begin(backup) {
      const at = backupKey(backup);
      const { id: _, ...change } = backup;
      const record = { ...backup, ...(await placed(backup.id, change)) };
      await table.putNew([
        { ...pointerKey(backup.id), at },
        { ...record, ...at },
      ]);
    },
    async change(id, change) {
      const key = await keyOf(id);
      if (!key) throw new RecordCorrupt(`backup: "${id}" was never begun`, { id });
      const entries = Object.entries(await placed(id, change)).filter(([, value]) => value !== undefined);
      if (entries.length > 0) await table.update(key, setting(entries));
    },
    async find(id) {
      const key = await keyOf(id);
      const item = key && (await table.get(key));
      return item && withManifests(readRecord(Kept, item));
    },
    async recent(database, limit) {
      const items = await table.query(newestBackups(database), limit);
      return items.map(withoutManifests);
    },
  };
};

const withoutManifests = (item: Item): Backup => {
  const { before: _, after: __, ...rest } = readRecord(Kept, item);
  return rest;
};

const newestBackups = (database: DatabaseName) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :backup)',
  ExpressionAttributeValues: { ':pk': partition(database), ':backup': 'backup#' },
  ScanIndexForward: false,
});

const setting = (entries: readonly [string, unknown][]) => ({
  set: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
  when: 'attribute_exists(pk)',
  names: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
  values: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
});

export const dynamoBackups = adapter(tableSetting, ({ CONTROL_TABLE }) => backupsIn(tableNamed(CONTROL_TABLE)));
