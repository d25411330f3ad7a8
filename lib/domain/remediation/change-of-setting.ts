import type { Action } from '../../contracts/action.ts';

/**
 * The change that an act would be, as a text for a pull request: which setting, where, to what. Within its two sizes the cluster's own
 * autoscaler decides how many nodes a group has, so what an act may add is the least.
 */
export const changeOfSetting = (act: Action): string => {
  switch (act.kind) {
    case 'scale-node-group':
      return `in node_groups.${act.group ?? '<group>'} of the module cluster raise min_size by ${act.by}, to ${act.atMost} at most, and keep max_size at or above it`;
    case 'extend-storage':
      return `in the module database of ${act.instance ?? '<instance>'} raise storage_gib by ${act.byPercent} %, to ${act.atMostGib} at most, and keep max_storage_gib a tenth above it`;
    case 'scale-service':
      return `raise minReplicas of ${act.service ?? '<service>'} by ${act.by}, to ${act.atMost} at most`;
    case 'raise-floor':
      return `set minReplicas of ${act.service ?? '<service>'} to ${act.to}`;
    case 'pause-schedule':
      return `set the schedule ${act.schedule ?? '<schedule>'} to DISABLED`;
    default:
      return JSON.stringify(act);
  }
};
