import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { readRecord } from '../../twin/live/process/durable-file.ts';
import { isProcess } from '../../twin/live/process/identity.ts';

/** The part of the twin that runs the machines and speaks AWS. */
export const serverProgram = fileURLToPath(new URL('../../twin/server/main.ts', import.meta.url));
export const serverArguments = (stateDir: string): string[] => ['--state', stateDir];
/** On its command line. */
export const serverMark = (stateDir: string): string => `${serverProgram} ${serverArguments(stateDir).join(' ')}`;

/** What the server tells about itself in `twin.json` once it answers. */
const Registration = v.object({ pid: v.number(), endpoint: v.string() });
export type Registration = v.InferOutput<typeof Registration>;

/** The running server, if there is one; the file of a dead one does not count. */
export const runningServer = async (stateDir: string): Promise<Registration | undefined> => {
  const found = await readRecord(join(stateDir, 'twin.json'), Registration);
  return found && isProcess(found.pid, serverMark(stateDir)) ? found : undefined;
};
