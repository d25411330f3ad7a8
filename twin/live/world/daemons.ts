import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { markOf, type Registration, runningProcess } from '../control/registration.ts';
import { endProcess } from '../process/end.ts';
import { paths, type Role } from '../process/paths.ts';
import { startDetached } from '../process/start.ts';
import { until } from '../process/until.ts';

const registeredWithinMs = 10_000;
const endsWithinMs = 5000;

const programs: Record<Role, string> = {
  router: fileURLToPath(new URL('../router/main.ts', import.meta.url)),
  node: fileURLToPath(new URL('../cluster/main.ts', import.meta.url)),
};

/** Finds the process of that role or starts it. Two callers at once get the same one: only one can hold its lock. */
export const startDaemon = async (stateDir: string, role: Role): Promise<Registration> => {
  const running = await runningProcess(stateDir, role);
  if (running) return running;
  startDetached(programs[role], [markOf(stateDir, role)], paths.log(stateDir, role));
  return until(`${role}: start (see ${paths.log(stateDir, role)})`, registeredWithinMs, () =>
    runningProcess(stateDir, role),
  );
};

export const stopDaemon = async (stateDir: string, role: Role): Promise<void> => {
  const running = await runningProcess(stateDir, role);
  if (running) await endProcess(running.pid, markOf(stateDir, role), endsWithinMs);
  await rm(paths.registration(stateDir, role), { force: true });
};
