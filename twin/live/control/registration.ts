import * as v from 'valibot';
import { readRecord } from '../process/durable-file.ts';
import { isProcess, markOf } from '../process/identity.ts';
import { paths, type Role } from '../process/paths.ts';

/** What a running process tells about itself once it can be asked. */
export const Registration = v.object({ pid: v.number(), port: v.number(), instance: v.string() });
export type Registration = v.InferOutput<typeof Registration>;

/** The running process of that role, if there is one; a file left behind by a dead one does not count. */
export const runningProcess = async (stateDir: string, role: Role): Promise<Registration | undefined> => {
  const found = await readRecord(paths.registration(stateDir, role), Registration);
  return found && isProcess(found.pid, markOf(stateDir, role)) ? found : undefined;
};
