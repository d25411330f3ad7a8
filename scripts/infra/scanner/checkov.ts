import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from '../finished.ts';
import { root } from '../kubernetes/cache.ts';
import { run } from '../kubernetes/command.ts';

const version = '3.3.30';
const environment = join(root, `.venv/checkov-${version}`);
const stamp = join(environment, 'installed');

/** Needs a Python environment of its own: it pins what others need newer. */
export const ensureCheckov = async (): Promise<void> => {
  if (existsSync(stamp)) return;
  await run('python3', ['-m', 'venv', '--clear', environment]);
  await run(join(environment, 'bin/pip'), ['install', '--quiet', `checkov==${version}`]);
  await writeFile(stamp, '');
};

/** What checkov prints about a folder. Errors: its own words when it prints no report. */
export const checkov = async (folder: string, framework: 'terraform' | 'kubernetes'): Promise<string> => {
  const args = ['-d', folder, '--framework', framework, '-o', 'json', '--compact', '--quiet', '--skip-download'];
  const env = { ...process.env, LOG_LEVEL: 'ERROR' };
  const { out, errors } = await finished(join(environment, 'bin/checkov'), args, { cwd: folder, env });
  if (/^\s*[[{]/.test(out)) return out;
  throw new Error(`checkov gave no report about ${folder}: ${errors.trim() || out.trim()}`);
};
