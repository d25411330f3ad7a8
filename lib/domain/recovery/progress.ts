import type { Instance, Snapshot } from '../../contracts/database.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';

/** How far something is that goes on by itself. `failed` also when its deadline passed. `failure`: as an instance tells it. */
export type Progress = {
  state: 'ready' | 'waiting' | 'failed';
  reason: string;
  failure?: NonNullable<Instance['failure']>;
};

type Clocked = { deadline: Instant; now: Instant };

/** A snapshot, or its copy in the second region. */
export const judgeSnapshot = (snapshot: Snapshot | undefined, clocked: Clocked): Progress => {
  if (snapshot?.status === 'failed') return { state: 'failed', reason: 'it failed' };
  if (snapshot?.status === 'available' && snapshot.takenAt) return { state: 'ready', reason: 'it is available' };
  return waiting(snapshot?.status, clocked);
};

/** A restored copy. */
export const judgeRestore = (copy: Instance | undefined, clocked: Clocked): Progress => {
  if (copy?.status === 'available' && copy.endpoint) return { state: 'ready', reason: 'it is available' };
  if (copy?.status === 'failed' || copy?.status === 'removing')
    return {
      state: 'failed',
      reason: copy.statusReason ?? `it is ${copy.status}`,
      ...(copy.failure && { failure: copy.failure }),
    };
  return waiting(copy?.status, clocked);
};

const waiting = (status: string | undefined, { deadline, now }: Clocked): Progress => {
  const is = status === undefined ? 'it is not there yet' : `it is still ${status}`;
  return toMs(now) > toMs(deadline)
    ? { state: 'failed', reason: `${is}, and had until ${deadline}` }
    : { state: 'waiting', reason: is };
};
