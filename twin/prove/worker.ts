import { parentPort, workerData } from 'node:worker_threads';
import { loadDeployed } from '../model/model-twin.ts';
import { explore } from './explore.ts';
import type { Progress } from './pool.ts';
import type { Schedule } from './schedule.ts';

// Failures are expected by the thousand here, and nobody reads where they were made.
Error.stackTraceLimit = 0;

const tell = (progress: Progress) => parentPort?.postMessage(progress);
const schedules = workerData as readonly Schedule[];
const findings = await explore({ deployed: await loadDeployed() }, schedules, () => tell({ done: 1 }));
tell({ findings });
