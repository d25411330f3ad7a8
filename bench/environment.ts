import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

const gigabyte = 1024 ** 3;

/** Figures without this mean nothing. `load`: of the last minute before the first measurement, one for each busy core. */
export const environment = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / gigabyte),
  system: `${type()} ${release()}`,
  node: process.version,
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});
