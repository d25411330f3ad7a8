import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeOnce } from '../evidence/write-once.ts';
import { paths } from '../process/paths.ts';

const keyBytes = 32;

/** What encrypts the exports of this world. Made once; whoever loses it loses them. On AWS the key is in KMS. */
export const exportKey = async (stateDir: string): Promise<Buffer> => {
  const path = paths.exportKey(stateDir);
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored === undefined) await writeOnce(path, randomBytes(keyBytes).toString('hex'), 0o600);
  return Buffer.from(stored ?? (await readFile(path, 'utf8')), 'hex');
};
