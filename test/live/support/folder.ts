import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A state folder of the test's own, passable for the user that PostgreSQL runs as. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-live-'));
  await chmod(folder, 0o711);
  return folder;
};
