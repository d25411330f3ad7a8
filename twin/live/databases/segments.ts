import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import { paths } from '../process/paths.ts';

const isSegment = (name: string): boolean => /^[0-9A-F]{24}$/.test(name);

/** The whole segments of a folder, in their order. */
export const segmentsIn = async (folder: string): Promise<string[]> => (await readdir(folder)).filter(isSegment).sort();

/** The segment that holds what was committed at the moment: it was archived at or after it, and before all others. */
export const segmentOf = async (stateDir: string, at: Instant): Promise<string | undefined> => {
  const archive = paths.walArchive(stateDir);
  for (const name of await segmentsIn(archive)) {
    if ((await stat(join(archive, name))).mtimeMs >= toMs(at)) return name;
  }
  return undefined;
};

/** No snapshot that is left can ever ask for what is older than its own first segment. */
export const dropSegmentsBefore = async (stateDir: string, first: string): Promise<void> => {
  const archive = paths.walArchive(stateDir);
  const old = (await segmentsIn(archive)).filter((name) => name < first);
  await Promise.all(old.map((name) => rm(join(archive, name), { force: true })));
};
