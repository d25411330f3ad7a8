import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * A lock between processes that its holder's death frees, whatever way it died: the operating system drops SQLite's
 * file lock. Undefined while somebody else holds it.
 */
export const tryLock = (path: string): Disposable | undefined => {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path);
  try {
    file.exec('BEGIN EXCLUSIVE');
    return { [Symbol.dispose]: () => file.close() };
  } catch {
    file.close();
    return undefined;
  }
};
