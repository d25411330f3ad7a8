import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

type Options = { cwd?: string; env?: Record<string, string>; input?: string };

/** What a program printed. Errors: its own words when it ends with anything but 0, or cannot be started. */
export const run = async (program: string, args: readonly string[], options: Options = {}): Promise<string> => {
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { env, ...(options.cwd && { cwd: options.cwd }) });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  child.stdin.on('error', () => {}); // a program that ends without reading tells why by its exit code
  child.stdin.end(options.input ?? '');
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code === 0) return out;
  throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${errors.trim() || out.trim()}`);
};
