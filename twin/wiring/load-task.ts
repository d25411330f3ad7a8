import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Task } from '../../lib/runtime/task.ts';
import { repositoryRoot } from './read-wiring.ts';
import type { FunctionWiring } from './types.ts';

/**
 * The bare task of a function, to be given other ports through `handlerOf`. Errors: one that names the module, when it
 * has no task of the expected name (state, file and function share one name).
 */
export const loadTask = async ({ module, task }: Pick<FunctionWiring, 'module' | 'task'>): Promise<Task> => {
  const exports = (await import(pathToFileURL(join(repositoryRoot, module)).href)) as Record<string, unknown>;
  const found = exports[task];
  if (!isTask(found)) throw new Error(`${module} exports no task called "${task}"; it has ${Object.keys(exports)}`);
  return found;
};

const isTask = (value: unknown): value is Task =>
  typeof value === 'object' && value !== null && 'kind' in value && 'run' in value;
