import { expect, test } from '@jest/globals';
import type { Action } from '../../../lib/contracts/action.ts';
import { changeOfSetting } from '../../../lib/domain/remediation/change-of-setting.ts';

test.each<[Action, string]>([
  [{ kind: 'scale-node-group', group: 'general', by: 2, atMost: 12 }, 'in node_groups.general of the module cluster'],
  [{ kind: 'extend-storage', instance: 'shop-db', byPercent: 20, atMostGib: 500 }, 'raise storage_gib by 20 %, to 500'],
  [{ kind: 'scale-service', service: 'shop', by: 2, atMost: 8 }, 'raise minReplicas of shop by 2, to 8 at most'],
  [{ kind: 'raise-floor', service: 'shop', to: 8 }, 'set minReplicas of shop to 8'],
  [{ kind: 'pause-schedule', schedule: 'nightly' }, 'set the schedule nightly to DISABLED'],
])('%j names the setting', (act, says) => {
  expect(changeOfSetting(act)).toContain(says);
});

test('a target that is not known is left to whoever changes it', () => {
  expect(changeOfSetting({ kind: 'scale-node-group', by: 1, atMost: 12 })).toContain('node_groups.<group>');
});
