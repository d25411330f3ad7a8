import type { LogEntry } from '../../domain/transparency/entry.ts';
import type { Hash } from '../../domain/transparency/hashes.ts';
import type { TreeHead } from '../../domain/transparency/tree-head.ts';

/** One log, however it is read. What it answers is checked for its form alone, but a head also for its signature. */
export type LogSource = {
  head(): Promise<TreeHead>;
  /** Of a tree of `second` leaves, which the log must have signed. */
  proof(first: number, second: number): Promise<Hash[]>;
  /** Those from `start` up to and without `end`, in parts and in order, of a tree of `size` leaves. */
  entries(start: number, end: number, size: number): AsyncIterable<LogEntry[]>;
};

/** GETs a path of a log. Undefined when it is not there. */
export type Get = (path: string) => Promise<Buffer | undefined>;

/** Requests to one log at the same time. */
export const requestsAtOnce = 4;
