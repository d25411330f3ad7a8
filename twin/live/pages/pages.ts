import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pages } from '../../../lib/ports/pages.ts';
import { paths } from '../process/paths.ts';

let writes = 0;

/** Files of a folder, each replaced as one step. */
export const livePages = (stateDir: string): Pages => ({
  async put({ name, content }) {
    const folder = paths.pages(stateDir);
    await mkdir(folder, { recursive: true });
    writes += 1;
    const draft = join(folder, `${name}.${process.pid}.${writes}.draft`);
    await writeFile(draft, content);
    await rename(draft, join(folder, name));
  },
});

/** Undefined when there is none of that name, and for what is no name of a page. */
export const readPage = async (stateDir: string, name: string): Promise<string | undefined> => {
  if (!/^[a-z][a-z0-9-]*\.(html|json)$/.test(name)) return undefined;
  return readFile(join(paths.pages(stateDir), name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
};
