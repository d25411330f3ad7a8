import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseAddress } from '../../twin/live/postgres/address.ts';

/** Seconds of each program. */
export type ByHand = { verifyBackup: number; dump: number; amcheck: number };

type Programs = { bin: string; signal: AbortSignal };

const environmentOf = ({ host, port, user, password, database }: DatabaseAddress): NodeJS.ProcessEnv => ({
  ...process.env,
  PGHOST: host,
  PGPORT: String(port),
  PGUSER: user,
  PGPASSWORD: password,
  PGDATABASE: database,
  // That something is there already is no news.
  PGOPTIONS: '-c client_min_messages=warning',
});

/** What it prints goes nowhere; what it complains of is shown. Gives the seconds that it took. */
const timed = async ({ bin, signal }: Programs, login: DatabaseAddress, name: string, args: readonly string[]) => {
  const startedAt = performance.now();
  const env = environmentOf(login);
  const child = spawn(join(bin, name), args, { env, signal, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`bench: ${name} ended with code ${code}`);
  return (performance.now() - startedAt) / 1000;
};

/** A backup with a manifest that pg_verifybackup can hold against it. */
export const baseBackup = async (programs: Programs, login: DatabaseAddress, folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await timed(programs, login, 'pg_basebackup', ['--pgdata', folder, '--checkpoint', 'fast']);
};

/** One after the other, as somebody would type them, with no option that makes them look closer. */
export const checkByHand = async (programs: Programs, login: DatabaseAddress, backup: string): Promise<ByHand> => ({
  verifyBackup: await timed(programs, login, 'pg_verifybackup', [backup]),
  dump: await timed(programs, login, 'pg_dump', []),
  amcheck: await timed(programs, login, 'pg_amcheck', ['--install-missing']),
});
