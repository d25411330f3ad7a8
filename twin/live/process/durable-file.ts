import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import { problemsOf } from '../../../lib/runtime/problems.ts';

const flushed = async (path: string, flags: string, text?: string): Promise<void> => {
  const file = await open(path, flags, 0o600);
  try {
    if (text !== undefined) await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

let writes = 0;

/**
 * Replaces a file as one step that survives a crash: whoever reads it later finds the old text or the new, never a
 * part. Readable by its owner alone.
 */
export const writeDurably = async (path: string, value: unknown): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  writes += 1;
  const draft = `${path}.${process.pid}.${writes}.draft`;
  await flushed(draft, 'w', JSON.stringify(value));
  await rename(draft, path);
  await flushed(dirname(path), 'r');
};

/** Undefined when there is no such file. Errors: `RecordCorrupt`. */
export const readRecord = async <T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseRecord(path, text, schema);
};

export const parseRecord = <T>(path: string, text: string, schema: v.GenericSchema<unknown, T>): T => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new RecordCorrupt(`${path}: ${problems.join('; ')}`, { path, problems });
};
