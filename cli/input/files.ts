import { UsageInvalid } from '../failures.ts';
import type { Files } from '../host.ts';

/** `field`: the argument or option that names the file. Errors: `UsageInvalid`. */
export const readFile = (files: Files, field: string, path: string): Promise<Uint8Array> =>
  named(field, path, 'cannot be read', () => files.read(path));

/** The same, as text. */
export const readText = async (files: Files, field: string, path: string): Promise<string> =>
  Buffer.from(await readFile(files, field, path)).toString('utf8');

/** Errors: `UsageInvalid`. */
export const writeFile = (files: Files, field: string, path: string, text: string): Promise<void> =>
  named(field, path, 'cannot be written', () => files.write(path, text));

const named = async <T>(field: string, path: string, what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageInvalid(`${field}: got "${path}", which ${what}: ${why}`, { path }, { cause });
  }
};
