import type { KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { type LogEntry, readEntry } from '../../domain/transparency/entry.ts';
import { hashBytes } from '../../domain/transparency/hashes.ts';
import { isSignedBy, signedBytesOf } from '../../domain/transparency/tree-head.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { overAll } from '../http/in-parallel.ts';
import { type Get, type LogSource, requestsAtOnce } from './source.ts';

/** Entries that are asked for at once; a log may give fewer. */
const windowSize = 256;

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bytes = v.pipe(
  v.string(),
  v.base64(),
  v.transform((text) => Buffer.from(text, 'base64')),
);
const hash = v.pipe(
  bytes,
  v.check((value) => value.length === hashBytes, `expected ${hashBytes} bytes`),
);
const Head = v.object({ tree_size: size, timestamp: size, sha256_root_hash: hash, tree_head_signature: bytes });
const Proof = v.object({ consistency: v.pipe(v.array(hash), v.maxLength(128)) });
const Entries = v.object({
  entries: v.pipe(v.array(v.object({ leaf_input: bytes, extra_data: bytes })), v.minLength(1)),
});

/** A log by RFC 6962 section 4. */
export const rfc6962Source = (get: Get, key: KeyObject): LogSource => {
  const ask = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> => {
    const body = await get(path);
    if (!body) throw new Error(`${path} is not there`);
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), body.toString('utf8'));
    if (parsed.success) return parsed.output;
    throw new Error(`${path} answered what no log may: ${problemsOf(parsed.issues).slice(0, 3).join('; ')}`);
  };

  const entriesFrom = async (start: number, end: number): Promise<LogEntry[]> => {
    const { entries } = await ask(`ct/v1/get-entries?start=${start}&end=${end - 1}`, Entries);
    return entries.slice(0, end - start).map(({ leaf_input, extra_data }) => readEntry(leaf_input, extra_data));
  };

  const window = async ({ start, end }: { start: number; end: number }): Promise<LogEntry[]> => {
    const found: LogEntry[] = [];
    while (start + found.length < end) found.push(...(await entriesFrom(start + found.length, end)));
    return found;
  };

  return {
    async head() {
      const found = await ask('ct/v1/get-sth', Head);
      const head = { size: found.tree_size, root: found.sha256_root_hash, atMs: found.timestamp };
      if (isSignedBy(key, signedBytesOf(head), found.tree_head_signature)) return head;
      throw new Error("its tree head is not signed with the log's key");
    },
    async proof(first, second) {
      if (first === 0 || first === second) return [];
      return (await ask(`ct/v1/get-sth-consistency?first=${first}&second=${second}`, Proof)).consistency;
    },
    async *entries(start, end) {
      for (let at = start; at < end; at += windowSize * requestsAtOnce) {
        const windows = windowsBetween(at, Math.min(end, at + windowSize * requestsAtOnce));
        yield (await overAll(requestsAtOnce, windows, window)).flat();
      }
    },
  };
};

const windowsBetween = (start: number, end: number) =>
  Array.from({ length: Math.ceil((end - start) / windowSize) }, (_, index) => ({
    start: start + index * windowSize,
    end: Math.min(end, start + (index + 1) * windowSize),
  }));
