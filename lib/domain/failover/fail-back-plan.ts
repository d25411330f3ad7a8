import type { FailoverPlan, Fencing } from '../../contracts/failover.ts';

type Facts = Pick<FailoverPlan, 'database' | 'old' | 'replica' | 'records' | 'mode'>;

/**
 * What people do to return, step by step. Going back loses data when it is done in haste, so no machine does it by itself:
 * the second region serves as well as the first until everything below holds.
 */
export const failBackPlan = ({ mode, database, old, replica, records }: Facts, fencing: Fencing | null): string[] =>
  mode === 'drill'
    ? []
    : [
        ...fenceFirst(old, fencing),
        `Keep ${old} as it is until its content was compared: sentinels and rows that ${replica} does not have were written after the copy, and people decide about each`,
        `Make a new copy in the old region that follows ${replica}, and let it come within the promised loss of data`,
        `Put the new instances into the catalog of ${database} (instance: ${replica}, replica: the new copy), and into Terraform, so that backups and drills go on`,
        `Rehearse the way back: evenkeel failover ${database} --drill --reason "before failing back"`,
        `At a quiet hour stop writes, wait until the copy has the newest sentinel, and promote it; ${replica} must refuse writes before that`,
        `Give ${records.join(', ')} back to the primary side, and ask through each name until all requests are answered there`,
        `Delete ${old} only when a backup of the new pair was restored and proven`,
      ];

const fenceFirst = (old: string, fencing: Fencing | null): string[] =>
  fencing?.fence === 'fenced'
    ? [`${old} is fenced; leave it so`]
    : [
        `Before anything else: ${old} was not fenced. When its region answers again, take its right to write before users or jobs reach it`,
      ];
