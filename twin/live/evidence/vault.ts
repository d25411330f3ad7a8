import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseName } from '../../../lib/contracts/database.ts';
import { Evidence, toldOf } from '../../../lib/contracts/evidence.ts';
import { WriteConflict } from '../../../lib/contracts/failures.ts';
import type { EvidenceVault } from '../../../lib/ports/evidence.ts';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { writeOnce } from './write-once.ts';

const readOnly = 0o400;
const digits = 10;

const fileOf = (stateDir: string, { database, sequence }: Pick<Evidence, 'database' | 'sequence'>): string =>
  join(paths.evidence(stateDir, database), `${String(sequence).padStart(digits, '0')}.json`);

/** Newest first. */
const filesOf = async (stateDir: string, database: DatabaseName): Promise<string[]> => {
  const folder = paths.evidence(stateDir, database);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const kept = names.filter((name) => name.endsWith('.json')).sort();
  return kept.reverse().map((name) => join(folder, name));
};

/** Files that are written once and never again, one for each place of a chain. Errors: also `RecordCorrupt`. */
export const fileVault = (stateDir: string): EvidenceVault => ({
  async keep(evidence) {
    const path = fileOf(stateDir, evidence);
    if (await writeOnce(path, `${JSON.stringify(evidence, null, 2)}\n`, readOnly)) return evidence;
    const kept = await readRecord(path, Evidence);
    if (kept && toldOf(kept) === toldOf(evidence)) return kept;
    const { database, sequence } = evidence;
    throw new WriteConflict(`evidence ${sequence} of "${database}" is not of ${toldOf(evidence)}`, {
      database,
      sequence,
    });
  },
  async newest(database) {
    const [path] = await filesOf(stateDir, database);
    return path === undefined ? undefined : readRecord(path, Evidence);
  },
  at: (database, sequence) => readRecord(fileOf(stateDir, { database, sequence }), Evidence),
  async find(database, of) {
    for (const path of await filesOf(stateDir, database)) {
      const evidence = await readRecord(path, Evidence);
      if (evidence && toldOf(evidence) === of) return evidence;
    }
    return undefined;
  },
});
