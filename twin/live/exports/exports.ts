import { stat } from 'node:fs/promises';
import type { Export, ExportKind } from '../../../lib/contracts/export.ts';
import { InstanceNotFound } from '../../../lib/contracts/failures.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Exports } from '../../../lib/ports/exports.ts';
import { production } from '../databases/production.ts';
import { beginRemoval } from '../databases/snapshots.ts';
import { ensureWorker } from '../databases/workers.ts';
import type { Work, Works } from '../databases/works.ts';
import { paths } from '../process/paths.ts';
import { assertDumpable } from './dump.ts';

/** Made by processes of their own, as snapshots are. What is wrong with the programs or the database is said before anything is begun. */
export const liveExports = (stateDir: string, works: Works, now: () => Instant): Exports => ({
  async start({ kind, backup, instance }) {
    if (!works.find(kind, backup)) {
      if (kind === 'dump') await assertThere(stateDir, instance);
      works.begin(kind, backup, { of: instance, begunAt: now() });
    }
    if (!works.find(kind, backup)?.result) await ensureWorker(stateDir, kind, backup);
  },
  async find(kind, backup) {
    const work = works.find(kind, backup);
    if (!work) return undefined;
    if (work.wanted === 'absent' || !work.result) await ensureWorker(stateDir, kind, backup);
    return work.wanted === 'present' ? exportOf(stateDir, work) : undefined;
  },
  async remove(kind, backup) {
    if (works.find(kind, backup)) await beginRemoval(stateDir, works, kind, backup);
  },
});

const assertThere = async (stateDir: string, instance: string): Promise<void> => {
  if (instance !== production)
    throw new InstanceNotFound(`instance "${instance}" is not there; there is "${production}"`, { instance });
  await assertDumpable(stateDir);
};

/** Rule: what its maker said counts only while the file is there, as large as it was made. */
const exportOf = async (stateDir: string, { kind, id, result }: Work<ExportKind>): Promise<Export> => {
  if (!result) return { status: 'making' };
  if ('failed' in result) return { status: 'failed', reason: result.failed };
  const where = paths.exported(stateDir, kind, id);
  const size = (await stat(where).catch(() => undefined))?.size;
  if (size === result.made.bytes) return { status: 'complete', where, ...result.made };
  return {
    status: 'failed',
    reason: `${where}: ${size === undefined ? 'it is gone' : `it has ${size} bytes, and was made with ${result.made.bytes}`}`,
  };
};
