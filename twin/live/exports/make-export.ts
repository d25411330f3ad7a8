import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ExportKind } from '../../../lib/contracts/export.ts';
import { BackupFailed } from '../../../lib/contracts/failures.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { fullIsNamed } from '../databases/full.ts';
import { paths } from '../process/paths.ts';
import { readConfiguration, writeConfiguration } from './configuration.ts';
import { readDump, writeDump } from './dump.ts';
import { exportKey } from './key.ts';
import type { Sealed, Sealing } from './sealed-file.ts';

type Made = Sealed & { finishedAt: string };

const ways = {
  dump: { write: writeDump, read: readDump },
  configuration: { write: writeConfiguration, read: readConfiguration },
} as const;

export const sealingOf = async (stateDir: string, kind: ExportKind, backup: string): Promise<Sealing> => ({
  path: paths.exported(stateDir, kind, backup),
  key: await exportKey(stateDir),
  name: `${kind}/${backup}`,
});

/** In its place only once all of it was written and read back. Errors: `StorageFull`, and what writing and reading say. */
export const makeExport = async (stateDir: string, kind: ExportKind, backup: string): Promise<Made> => {
  const sealing = await sealingOf(stateDir, kind, backup);
  const draft = { ...sealing, path: draftOf(sealing.path) };
  await mkdir(dirname(draft.path), { recursive: true, mode: 0o700 });
  await rm(draft.path, { force: true });
  const written = await ways[kind].write(stateDir, draft).catch(fullIsNamed);
  const read = await ways[kind].read(draft);
  if (written.sha256 !== read.sha256)
    throw new BackupFailed(`${draft.path}: what is read is not what was written`, { written, read });
  await rename(draft.path, sealing.path);
  return { ...written, finishedAt: fromMs(Date.now()) };
};

export const draftOf = (path: string): string => `${path}.draft`;

export const unmakeExport = async (stateDir: string, kind: ExportKind, backup: string): Promise<void> => {
  const place = paths.exported(stateDir, kind, backup);
  for (const path of [place, draftOf(place)]) await rm(path, { recursive: true, force: true });
};
