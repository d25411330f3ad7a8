import { mkdir, readdir, rm } from 'node:fs/promises';
import { PodRecord } from '../pod/pod-spec.ts';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';

const suffix = '.json';

/** The pods that told where they listen, dead ones included. */
export const podRecords = async (stateDir: string): Promise<PodRecord[]> => {
  await mkdir(paths.pods(stateDir), { recursive: true });
  const files = (await readdir(paths.pods(stateDir))).filter((name) => name.endsWith(suffix));
  const read = (name: string) => readRecord(paths.pod(stateDir, name.slice(0, -suffix.length)), PodRecord);
  return (await Promise.all(files.map(read))).filter((record) => record !== undefined);
};

export const forgetPod = (stateDir: string, pod: string): Promise<void> =>
  rm(paths.pod(stateDir, pod), { force: true });
