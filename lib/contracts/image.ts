import type { Digest } from './names.ts';

/** An image in the registry and what its scan found. Only a `complete` scan is an answer. */
export type Image = {
  digest: Digest;
  scan: { status: 'complete'; critical: number; high: number } | { status: 'pending' | 'failed' | 'absent' };
};
