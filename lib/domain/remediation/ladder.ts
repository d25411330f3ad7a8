import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { Playbook } from '../../contracts/playbook.ts';

type Rungs = Pick<Playbook, 'rungs'>;

/** A whole period after the act has settled: before that there is nothing to see. */
export const firstLook = ({ rungs }: Rungs, rung: number, actedAt: Instant): Instant =>
  plusSeconds(actedAt, (rungs[rung]?.settleSeconds ?? 0) + (rungs[rung]?.periodSeconds ?? 0));

export const nextLook = ({ rungs }: Rungs, rung: number, looked: Instant): Instant =>
  plusSeconds(looked, rungs[rung]?.periodSeconds ?? 0);

/** Beyond the looks: for steps that die, and for giving back. */
const spareSeconds = 3600;

/** Seconds from the first act to the last look, with every question between. */
export const longestLadder = ({ rungs, approvalSeconds }: Pick<Playbook, 'rungs' | 'approvalSeconds'>): number =>
  rungs.reduce(
    (sum, { settleSeconds, periodSeconds, periods, patience }) =>
      sum + approvalSeconds + settleSeconds + (periods + patience) * periodSeconds,
    spareSeconds,
  );
