import { Worker } from 'node:worker_threads';
import type { Finding } from './explore.ts';
import type { Schedule } from './schedule.ts';

/** From a worker: one more schedule is done, or all of them and this was found. */
export type Progress = { readonly done: number } | { readonly findings: readonly Finding[] };

/** Explores on several threads, each with every n-th schedule, so that heavy ones are spread. */
export const exploreOnThreads = async (
  schedules: readonly Schedule[],
  threads: number,
  onDone: (count: number) => void,
): Promise<Finding[]> => {
  const shares = Array.from({ length: threads }, (_, at) => schedules.filter((_, index) => index % threads === at));
  const found = await Promise.all(shares.map((share) => exploreShare(share, onDone)));
  return found.flat();
};

const exploreShare = (share: readonly Schedule[], onDone: (count: number) => void): Promise<readonly Finding[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
    worker.on('message', (progress: Progress) => {
      if ('done' in progress) onDone(progress.done);
      else resolve(progress.findings);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`an exploring thread ended with code ${code}`)));
  });
