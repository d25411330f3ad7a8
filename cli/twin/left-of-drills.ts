import { readdir } from 'node:fs/promises';
import { processesWith } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';

/** What drills left on this machine: database processes, by their ids, and data folders. */
export type Left = { processes: number[]; folders: string[] };

/** Looked for in the machine itself, not in any record. `instance`: of one copy alone. */
export const leftOfDrills = async (stateDir: string, instance?: string): Promise<Left> => {
  const place = instance === undefined ? `${paths.drills(stateDir)}/` : `${paths.drill(stateDir, instance)}/`;
  const folders = await readdir(paths.drills(stateDir)).catch(() => []);
  return {
    processes: processesWith(`-D ${place}`),
    folders: folders.filter((name) => instance === undefined || name === instance),
  };
};
