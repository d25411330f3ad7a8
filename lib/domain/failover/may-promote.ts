import type { Fencing } from '../../contracts/failover.ts';

export type Permission = { allowed: boolean; reason: string };

/**
 * May another server take writes now? Rule: never while the old one was seen to take them, whatever whoever runs it says about
 * the fence. One that nobody reaches is left to the fencing token, and to names that no longer lead to it.
 */
export const mayPromote = ({ fence, state }: Omit<Fencing, 'reason'>): Permission => {
  if (state === 'writes') return { allowed: false, reason: 'the old writer still takes writes' };
  if (fence === 'fenced') return { allowed: true, reason: `the old writer is fenced, and ${seen[state]}` };
  if (state === 'refuses') return { allowed: true, reason: 'the old writer could not be fenced, but refuses writes' };
  return {
    allowed: true,
    reason: 'nobody answers in the old region: its writer is not fenced, and must be before it is reached again',
  };
};

const seen = { refuses: 'refuses writes', silent: 'cannot be reached' } as const;
