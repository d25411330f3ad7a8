import type { Instance } from '../../contracts/database.ts';
import type { WriterState } from '../../contracts/failover.ts';
import type { Instant } from '../../contracts/instant.ts';

export type WritableFacts = {
  target: string;
  instance: Instance | undefined;
  state: WriterState;
  deadline: Instant;
  now: Instant;
};

/** A server is ready when a write was tried and taken. One that failed never will be; only the stored deadline ends the wait. */
export const judgeWritable = ({
  target,
  instance,
  state,
  deadline,
  now,
}: WritableFacts): { state: 'ready' | 'waiting' | 'failed'; reason: string } => {
  const status = instance?.status ?? 'not there';
  if (status === 'failed')
    return { state: 'failed', reason: `${target}: failed: ${instance?.statusReason ?? 'no reason was given'}` };
  if (status === 'available' && state === 'writes') return { state: 'ready', reason: `${target} takes writes` };
  const seen = status === 'available' ? `${state} when a write is tried` : status;
  return now > deadline
    ? { state: 'failed', reason: `${target}: ${seen}, and the deadline ${deadline} has passed` }
    : { state: 'waiting', reason: `${target}: ${seen}` };
};
