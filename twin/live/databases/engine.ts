import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EngineIncompatible } from '../../../lib/contracts/failures.ts';
import { postgresProgram } from '../postgres/binaries.ts';

const majorOf = (version: string): string => version.split('.')[0] ?? '';

/** Errors: `EngineIncompatible` when the data folder is of another major version than the programs here. */
export const assertEngine = async (version: string): Promise<void> => {
  const { stdout } = await promisify(execFile)(postgresProgram('postgres'), ['--version']);
  const installed = /(\d+(\.\d+)*)/.exec(stdout)?.[1] ?? '';
  if (majorOf(installed) === majorOf(version)) return;
  throw new EngineIncompatible(`a copy of PostgreSQL ${version} cannot be opened by ${installed}`, {
    version,
    installed,
  });
};
