import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../../lib/runtime/call.ts';

export interface FileLog extends Disposable {
  /** A log whose lines all carry these facts. */
  with(facts: Record<string, unknown>): Log;
}

/** One JSON line per call, handed to the operating system at once, so that it survives `kill -9`. */
export const openLog = (path: string): FileLog => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o600);
  const write = (line: object) => writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  return {
    with: (common) => ({
      info: (message, facts) => void write({ level: 'info', message, ...common, ...facts }),
      error: (message, facts) => void write({ level: 'error', message, ...common, ...facts }),
    }),
    [Symbol.dispose]: () => closeSync(file),
  };
};
