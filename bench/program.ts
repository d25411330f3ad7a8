import { fileURLToPath } from 'node:url';

/** The path of a file in this folder, as an argument of a process. */
export const program = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
export const repository = program('..');
