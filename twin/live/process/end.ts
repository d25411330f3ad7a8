import { isProcess, processesWith, signalProcess } from './identity.ts';
import { until } from './until.ts';

const goneWithinMs = 2000;

/** Asks the process to end, waits, and kills it when it does not. Does nothing to a process without the mark. */
export const endProcess = async (pid: number, mark: string, graceMs: number): Promise<void> => {
  const gone = () => !isProcess(pid, mark);
  signalProcess(pid, mark, 'SIGTERM');
  const ended = await until(`end of process ${pid}`, graceMs, gone).catch(() => false);
  if (ended) return;
  signalProcess(pid, mark, 'SIGKILL');
  await until(`end of killed process ${pid}`, goneWithinMs, gone);
};

/** Ends every process with the mark, also one that had no time yet to say who it is. */
export const endAll = async (mark: string, graceMs: number): Promise<void> => {
  const pids = processesWith(mark).filter((pid) => isProcess(pid, mark));
  await Promise.all(pids.map((pid) => endProcess(pid, mark, graceMs)));
};
