import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

/** Reads the lines that were added to a file since the last look, as JSON; those that are none are left out. */
export const followLog = (path: string): (() => Record<string, unknown>[]) => {
  let position = existsSync(path) ? statSync(path).size : 0;
  let rest = '';
  return () => {
    if (!existsSync(path)) return [];
    const added = Buffer.alloc(Math.max(0, statSync(path).size - position));
    const file = openSync(path, 'r');
    position += readSync(file, added, 0, added.length, position);
    closeSync(file);
    const lines = `${rest}${added.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    return lines.flatMap(parsed);
  };
};

const parsed = (line: string): Record<string, unknown>[] => {
  try {
    return [Object(JSON.parse(line))];
  } catch {
    return [];
  }
};
