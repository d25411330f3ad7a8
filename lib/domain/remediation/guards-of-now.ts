import { notFrozen } from '../gates/freeze.ts';
import { changeOfSetting } from './change-of-setting.ts';
import type { Guard } from './facts.ts';
import { standing } from './standing.ts';
import { inWeekly } from './weekly.ts';

const ok = (reason: string) => ({ verdict: 'allow' as const, reason });

/** Rule: nothing runs in a freeze but an undo. */
export const freeze: Guard = ({ freezes, now, act }) => {
  if (!freezes) return undefined;
  const { verdict, reason } = notFrozen(freezes, now);
  if (verdict === 'healthy') return ok(reason);
  return act.kind === 'undo-release' ? ok(`${reason}; an undo runs all the same`) : { verdict: 'deny', reason };
};

/** People work there, and know best. */
export const maintenance: Guard = ({ maintenance: windows, now }) => {
  if (!windows) return undefined;
  const open = windows.find(({ day, from, to }) => inWeekly({ from, to, days: [day] }, now));
  return open
    ? { verdict: 'ask', reason: `maintenance until ${open.to} UTC: ${open.reason}` }
    : ok('no maintenance now');
};

/** Whoever holds the resource changes it; an undo asks nobody. */
export const release: Guard = ({ holder, act }) => {
  if (act.kind === 'undo-release') return ok('an undo waits for nobody');
  if (holder === undefined) return undefined;
  return holder === null ? ok('nobody holds it') : { verdict: 'deny', reason: `${holder} holds it` };
};

/** Rule: what Terraform would undo is no repair. It becomes a text for whoever changes Terraform. */
export const ownership: Guard = ({ ownedByTerraform, act }) => {
  if (!ownedByTerraform) return undefined;
  if (!ownedByTerraform.includes(act.kind)) return ok('Terraform does not own it');
  return {
    verdict: 'deny',
    reason: `Terraform owns this, and would undo it. Change it there: ${changeOfSetting(act)}`,
  };
};

/** What the playbook says, or what it has earned since. */
export const mode: Guard = ({ playbook, attempts }) => {
  if (!attempts) return undefined;
  const { mode: earned, reason } = standing(playbook, attempts);
  if (earned === 'ask') return { verdict: 'ask', reason: reason ?? 'its playbook asks each time' };
  return ok(`its playbook says ${earned}`);
};
