import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

let drafts = 0;

/** Puts a whole file where there is none; false when there is one already, which then stays as it is. */
export const writeOnce = async (path: string, text: string, mode: number): Promise<boolean> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  drafts += 1;
  const draft = `${path}.${process.pid}.${drafts}.draft`;
  await writeFile(draft, text, { mode, flush: true });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft);
  }
};
