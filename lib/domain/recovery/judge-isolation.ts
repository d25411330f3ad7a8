import type { Instance } from '../../contracts/database.ts';
import type { DrillId } from '../../contracts/drill.ts';

/**
 * Why a copy could be reached or kept by others than its drill; empty when it is apart. Rule: whatever of production it shares is a way
 * in, and whatever it keeps outlives it.
 */
export const isolationProblems = (drill: DrillId, copy: Instance, production: Instance | undefined): string[] => {
  const { reach, mark } = copy;
  const shared = reach.securityGroups.filter((group) => production?.reach.securityGroups.includes(group));
  return [
    ...(reach.public ? ['it has a public address'] : []),
    ...(production === undefined ? ['production could not be looked at, so nothing can be compared'] : []),
    ...(reach.subnetGroup === production?.reach.subnetGroup ? [`it is in ${reach.subnetGroup}, as production`] : []),
    ...(reach.subnetGroup === 'default' ? ['it is in the default network'] : []),
    ...shared.map((group) => `it has the security group ${group} of production`),
    ...(copy.backupRetentionDays > 0 ? [`it is backed up for ${copy.backupRetentionDays} days`] : []),
    ...(copy.deletionProtection ? ['it is protected from deletion'] : []),
    ...(production?.encrypted && !copy.encrypted ? ['it is not encrypted, and production is'] : []),
    ...(mark?.drill === drill ? [] : [`it bears the mark of ${mark?.drill ?? 'nobody'}`]),
  ];
};
