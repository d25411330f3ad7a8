import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Registration, runningProcess } from '../control/registration.ts';
import { endAll } from '../process/end.ts';
import { isProcess, markOf } from '../process/identity.ts';
import { paths, type Role } from '../process/paths.ts';
import { startDetached } from '../process/start.ts';
import { until } from '../process/until.ts';

const registeredWithinMs = 10_000;
const endsWithinMs = 5000;

const programs: Record<Role, string> = {
  router: fileURLToPath(new URL('../router/main.ts', import.meta.url)),
  node: fileURLToPath(new URL('../cluster/main.ts', import.meta.url)),
  tls: fileURLToPath(new URL('../certificates/main.ts', import.meta.url)),
  pager: fileURLToPath(new URL('../pager/main.ts', import.meta.url)),
  second: fileURLToPath(new URL('../second-region/main.ts', import.meta.url)),
};

/**
 * Finds the process of that role or starts it. Two callers at once get the same one: only one can hold its lock. Waits
 * for the loser to end, which would otherwise take the place of a world that is stopped in the meantime.
 */
export const startDaemon = async (stateDir: string, role: Role): Promise<Registration> => {
  const running = await runningProcess(stateDir, role);
  if (running) return running;
  const mark = markOf(stateDir, role);
  const log = paths.log(stateDir, role);
  const pid = startDetached(programs[role], [mark], log);
  return until(`${role}: start (see ${log})`, registeredWithinMs, async () => {
    const found = await runningProcess(stateDir, role);
    return found && (found.pid === pid || !isProcess(pid, mark)) && found;
  });
};

export const stopDaemon = async (stateDir: string, role: Role): Promise<void> => {
  await endAll(markOf(stateDir, role), endsWithinMs);
  await rm(paths.registration(stateDir, role), { force: true });
};
