import { CommanderError } from 'commander';

/** What the shell gets. `failed`: it was done and did not end well; `usage`: it was not done, because of what was asked. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const usageFailures: readonly string[] = [
  'UsageInvalid',
  'InputInvalid',
  'CatalogInvalid',
  'ConfigInvalid',
  'MachineRefused',
  'ServiceUnknown',
  'DatabaseUnknown',
  'FailoverUnplanned',
  'DigestMalformed',
  'DigestRequired',
  'ImageNotFound',
  'RunNotFound',
  'EvidenceNotFound',
];

/** Commander ends `--help` and `--version` by an error of its own with code 0. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const name = error instanceof Error ? error.name : '';
  if (name === 'Interrupted') return exitCodes.interrupted;
  return usageFailures.includes(name) ? exitCodes.usage : exitCodes.failed;
};
