import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The paths, from the project's root, of all TypeScript files under these folders. */
export const typescriptIn = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path)),
  );

export const sourcesOf = (...folders: string[]): string[] => typescriptIn(...folders).map(readText);
