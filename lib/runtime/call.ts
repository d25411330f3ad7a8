import type { RunId } from '../contracts/names.ts';

/** What a step may know about the call it serves. */
export interface Call {
  /** The execution (of a trigger: the event) that asked. */
  readonly run: RunId;
  /** Milliseconds until the platform ends this call; Infinity where nothing does. */
  remainingMs(): number;
  readonly log: Log;
}

/** One JSON line per call. */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}
