import { appendFile, closeSync, existsSync, fdatasync, openSync, readFileSync, truncateSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Input } from '../core/effects.ts';
import type { CallId } from '../core/execution.ts';
import type { Json, JsonObject } from '../json.ts';

/** One fact of the log. Replaying all of them, in order, gives the engine as it was. */
export type Entry =
  | {
      readonly kind: 'machine';
      readonly name: string;
      readonly definition: JsonObject;
      readonly atMs: number;
      readonly roleArn: string;
    }
  | { readonly kind: 'machine-deleted'; readonly arn: string }
  | StartEntry
  | { readonly kind: 'input'; readonly arn: string; readonly atMs: number; readonly input: Input };

export interface StartEntry {
  readonly kind: 'execution';
  readonly name: string;
  readonly machineArn: string;
  readonly revision: number;
  readonly input: Json;
  readonly atMs: number;
  readonly seed: number;
  readonly parent?: CallId;
}

/** Append-only, in order. Nothing that follows from an entry is done before its append has resolved. */
export interface Journal {
  /** Answers nothing when the entry is safe at once, else a promise that resolves when it is. */
  append(entry: Entry): void | Promise<void>;
  read(): Iterable<Entry>;
  close(): Promise<void>;
}

/** Keeps the entries in memory; `entries` may be handed to another one, as after a crash. */
export function memoryJournal(entries: Entry[] = []): Journal & { readonly entries: readonly Entry[] } {
  return {
    entries,
    append: (entry) => {
      entries.push(entry);
    },
    read: () => [...entries],
    close: async () => {},
  };
}

/** Writes all of it, however many calls to the system that takes. */
const writeAll = promisify(appendFile);
const sync = promisify(fdatasync);

/**
 * A file of JSON lines. Appends that come while one is being written go together in the next write and the next
 * fdatasync. A last line that was torn by a crash was never acknowledged, and is cut off.
 */
export function fileJournal(path: string): Journal {
  const entries = existsSync(path) ? readWhole(path) : [];
  const fd = openSync(path, 'a');
  let batch: string[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();

  const flush = async () => {
    const text = batch.join('');
    batch = [];
    next = undefined;
    await writeAll(fd, text);
    await sync(fd);
  };
  const append = (entry: Entry): Promise<void> => {
    batch.push(`${JSON.stringify(entry)}\n`);
    if (!next) {
      next = current.then(flush);
      current = next;
    }
    return next;
  };
  const close = async () => {
    await current;
    closeSync(fd);
  };
  return { append, read: () => entries, close };
}

function readWhole(path: string): Entry[] {
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  const lines = bytes.subarray(0, whole).toString().split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Entry);
}
