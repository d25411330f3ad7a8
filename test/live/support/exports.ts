import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { draftOf } from '../../../twin/live/exports/make-export.ts';
import { paths } from '../../../twin/live/process/paths.ts';
import type { ExportsWorld } from '../../contracts/exports.contract.ts';
import { production } from './copies.ts';
import type { DatabaseWorld } from './database.ts';

/** The exports of a world whose state is on disk. */
export const exportsWorld = ({ ports, folder, settle }: DatabaseWorld): ExportsWorld => ({
  port: ports.exports,
  production,
  settle,
  async breakOff(kind, backup) {
    // A folder in the way of what is to be written.
    await mkdir(draftOf(paths.exported(folder, kind, backup)), { recursive: true });
  },
  lies: async (kind, backup) => existsSync(paths.exported(folder, kind, backup)),
});
