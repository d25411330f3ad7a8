import { setTimeout } from 'node:timers/promises';
import { Interrupted } from '../failures.ts';

/** Waits between two looks. Errors: `Interrupted` at ctrl-C. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    throw new Interrupted('ctrl-C; what was asked of the control plane goes on there: evenkeel watch RUN');
  }
};
