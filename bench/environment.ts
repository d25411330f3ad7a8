import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

const gigabyte = 1024 ** 3;

/** Figures without this mean nothing. */
export const environment = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / gigabyte),
  system: `${type()} ${release()}`,
  node: process.version,
});
