import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { postgresProgram } from '../postgres/binaries.ts';
import { ownerOf } from '../postgres/owner.ts';
import { whyEnded } from './full.ts';

/**
 * Runs statements, each on one line, on a stopped data folder without any network, and gives what was printed. Errors:
 * `RestoreFailed`, `StorageFull`.
 */
export const runSingle = async (dataDir: string, database: string, statements: readonly string[]): Promise<string> => {
  const args = ['--single', '-D', dataDir, '-c', 'exit_on_error=true', database];
  const child = spawn(postgresProgram('postgres'), args, { ...(await ownerOf(dataDir)), cwd: dataDir });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
  child.stdin.on('error', () => undefined).end(`${statements.join('\n')}\n`);
  const [code, output, problems] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code === 0) return output;
  const said = withoutPasswords(problems);
  throw await whyEnded(dataDir, said, `single-user PostgreSQL: ${said.slice(-500)}`);
};

const withoutPasswords = (text: string): string => text.replaceAll(/PASSWORD '[^']*'/g, "PASSWORD '…'");
