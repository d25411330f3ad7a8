import type { RunEnd } from '../../contracts/run.ts';

/** A bad end of a run, in words for people. */
export const saysHow: Readonly<Record<RunEnd['status'], string>> = {
  ABORTED: 'was stopped',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
};
