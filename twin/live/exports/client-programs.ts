import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { BackupFailed, ConfigInvalid } from '../../../lib/contracts/failures.ts';

const binSetting = 'EVENKEEL_POSTGRES_BIN';
const needed = ['pg_dump', 'pg_restore'] as const;
export type ClientPrograms = Record<(typeof needed)[number], string>;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** They do not come with the server's package; where they are is said by a variable, or by PATH. Errors: `ConfigInvalid`. */
export const clientPrograms = (): ClientPrograms => {
  const said = process.env[binSetting];
  const folders = said ? [said] : (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folder = folders.find((one) => needed.every((name) => isProgram(join(one, name))));
  if (folder) return { pg_dump: join(folder, 'pg_dump'), pg_restore: join(folder, 'pg_restore') };
  const where = said ? `${binSetting}=${said}` : 'a folder of PATH';
  throw new ConfigInvalid(
    `a dump needs ${needed.join(' and ')} in ${where}; set ${binSetting} to where PostgreSQL's client programs are`,
    { setting: binSetting, needed },
  );
};

const majorOf = (text: string): number => Number(/(\d+)(?:\.\d+)?/.exec(text)?.[1] ?? Number.NaN);

/** Rule: pg_dump reads no server of a newer major version than its own. Errors: `ConfigInvalid` with both versions. */
export const assertCanDump = async ({ pg_dump }: ClientPrograms, serverVersion: string): Promise<void> => {
  const { stdout } = await promisify(execFile)(pg_dump, ['--version']);
  const own = stdout.trim();
  if (majorOf(own) >= majorOf(serverVersion)) return;
  const message = `${pg_dump} is "${own}", which cannot dump a server ${serverVersion}; set ${binSetting} to newer programs`;
  throw new ConfigInvalid(message, { setting: binSetting, own, serverVersion });
};

const shownBytes = 1500;

export type Running = { child: ChildProcessByStdio<Writable, Readable, Readable>; ended: Promise<void> };

/** A program between two streams. `ended` says how: `BackupFailed` with the last of what it complained of. */
export const runProgram = (program: string, args: readonly string[], environment: Record<string, string>): Running => {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-shownBytes);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new BackupFailed(`${program} ended with ${code ?? signal}: ${said.trim()}`, { program, code, signal }));
    });
  });
  return { child, ended };
};
