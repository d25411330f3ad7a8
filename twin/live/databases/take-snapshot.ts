import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { BackupFailed } from '../../../lib/contracts/failures.ts';
import { type Owner, ownerOf } from '../postgres/owner.ts';
import { paths } from '../process/paths.ts';
import { copyData, give, makePlace } from './files.ts';
import { onProduction, untilArchived } from './production.ts';
import { segmentsIn } from './segments.ts';
import type { Taken } from './works.ts';

/**
 * A base backup by PostgreSQL's low-level interface (manual, 25.3.4), with the log that it needs beside it, so that it can be
 * restored by itself. It is in its place only when it is whole. Errors: `DatabaseBusy`, `StorageFull`.
 */
export const takeSnapshot = async (stateDir: string, id: string): Promise<Taken> => {
  const place = paths.snapshot(stateDir, id);
  const draft = `${place}.draft`;
  await Promise.all([place, draft].map((folder) => rm(folder, { recursive: true, force: true })));
  await makePlace(draft);
  const owner = await ownerOf(paths.database(stateDir));
  const backup = await onProduction(stateDir, (client) => baseBackup(stateDir, client, id, draft, owner));
  await untilArchived(stateDir, backup.lastSegment);
  await keepSegments(stateDir, backup, draft);
  await rename(draft, place);
  const { takenAt, bytes, engineVersion, firstSegment } = backup;
  return { takenAt, bytes, engineVersion, firstSegment };
};

/** Into the folder `data` below `draft`. Needs the log from `firstSegment` to `lastSegment` to be opened. */
export const baseBackup = async (stateDir: string, client: pg.Client, id: string, draft: string, owner: Owner) => {
  const data = join(draft, 'data');
  const [{ version }] = (await client.query(`SELECT current_setting('server_version') AS version`)).rows;
  await client.query('SELECT pg_backup_start($1, fast => true)', [id]);
  const bytes = await copyData(paths.database(stateDir), data, owner);
  const [stopped] = (
    await client.query(`
      SELECT labelfile AS label, spcmapfile AS tablespaces, pg_walfile_name(lsn) AS segment
      FROM pg_backup_stop(wait_for_archive => false)`)
  ).rows;
  const [{ now }] = (await client.query('SELECT clock_timestamp() AS now')).rows;
  await writeLabel(join(data, 'backup_label'), stopped.label, owner);
  const firstSegment = /\(file ([0-9A-F]{24})\)/.exec(stopped.label)?.[1];
  if (!firstSegment) throw new BackupFailed(`${id}: the backup label names no segment`, { label: stopped.label });
  return {
    takenAt: (now as Date).toISOString(),
    bytes,
    engineVersion: version,
    firstSegment,
    lastSegment: stopped.segment,
  };
};

const writeLabel = async (path: string, text: string, owner: Owner): Promise<void> => {
  await writeFile(path, text, { mode: 0o600 });
  await give(path, owner);
};

type Span = { firstSegment: string; lastSegment: string };

const keepSegments = async (stateDir: string, { firstSegment, lastSegment }: Span, draft: string): Promise<void> => {
  const archive = paths.walArchive(stateDir);
  const needed = (await segmentsIn(archive)).filter((name) => name >= firstSegment && name <= lastSegment);
  await makePlace(join(draft, 'wal'));
  for (const name of needed) await copyFile(join(archive, name), join(draft, 'wal', name));
};
