import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { readRecord } from '../live/process/durable-file.ts';
import { isProcess } from '../live/process/identity.ts';

export const serverProgram = fileURLToPath(new URL('./main.ts', import.meta.url));
export const serverArguments = (stateDir: string): string[] => ['--state', resolve(stateDir)];
/** On the command line of the server of that folder. */
export const serverMark = (stateDir: string): string => [serverProgram, ...serverArguments(stateDir)].join(' ');

/** What lies where in the state folder, of the control plane itself. */
export const serverPaths = {
  process: (stateDir: string) => join(stateDir, 'run', 'server.json'),
  registration: (stateDir: string) => join(stateDir, 'twin.json'),
  journal: (stateDir: string) => join(stateDir, 'engine.jsonl'),
  bus: (stateDir: string) => join(stateDir, 'bus.db'),
  toldAlarms: (stateDir: string) => join(stateDir, 'told-alarms.json'),
} as const;

/** `twin.json`: written once the twin is ready, so whoever finds it can use it. */
export const TwinFile = v.object({
  pid: v.number(),
  /** Base URL of the AWS APIs, `/health` and `/status`. */
  endpoint: v.string(),
  region: v.string(),
  /** Process id of the router when the twin started; one that ended was started anew. */
  router: v.optional(v.number()),
  /** Public base URL by service. */
  services: v.record(v.string(), v.string()),
  /** ARN by key in serverless.yml. */
  machines: v.record(v.string(), v.string()),
  startedAt: v.string(),
});
export type TwinFile = v.InferOutput<typeof TwinFile>;

/** What the last server of the folder said of itself, whether or not it still runs. */
export const lastTwin = (stateDir: string): Promise<TwinFile | undefined> =>
  readRecord(serverPaths.registration(stateDir), TwinFile);

/** The server's process, if it runs, be it ready or still starting. */
export const runningServer = async (stateDir: string): Promise<number | undefined> => {
  const found = await readRecord(serverPaths.process(stateDir), v.object({ pid: v.number() }));
  return found && isProcess(found.pid, serverMark(stateDir)) ? found.pid : undefined;
};

/** The running twin, ready to be used; the file of a dead one does not count. */
export const runningTwin = async (stateDir: string): Promise<TwinFile | undefined> => {
  const [twin, pid] = await Promise.all([lastTwin(stateDir), runningServer(stateDir)]);
  return twin?.pid === pid ? twin : undefined;
};
