import { remediationSectionOf } from '../../lib/catalog/remediation-section.ts';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { CatalogInvalid, InputInvalid } from '../../lib/contracts/failures.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import type { RemediationSection } from '../../lib/contracts/remediation-policy.ts';
import { backTest } from '../../lib/domain/remediation/back-test.ts';
import { type PastSummary, summaryOf } from '../../lib/domain/remediation/back-test-summary.ts';
import { fromCloudWatch } from '../../lib/domain/remediation/from-cloudwatch.ts';
import type { Host } from '../host.ts';

/** How long CloudWatch keeps what became of alarms: "CloudWatch preserves alarm history for 30 days" (its User Guide). */
const daysKept = 30;

/** As it would be with its `mode` at `act`: what it asks for or only watches today is what a person wants to know of. */
export const backTestOf = (catalog: Catalog, name: string, history: readonly AlarmChange[]): PastSummary => {
  const section = remediationSectionOf(catalog);
  const playbook = playbookIn(section, name);
  const policy = section.guards[playbook.guards];
  if (!policy) throw new CatalogInvalid(`remediation: "${name}" has no guards "${playbook.guards}"`);
  const { maintenance, ownedByTerraform } = section;
  const context = { policy, freezes: catalog.freezes, maintenance, ownedByTerraform, releases: [] };
  return summaryOf(history, backTest(history, { ...playbook, mode: 'act' }, context));
};

/** What CloudWatch still has, in the shape that the trigger makes of it. Errors: `InputInvalid` when there is nothing. */
export const pastOfAccount = async (
  { alarmHistory }: Pick<Host, 'alarmHistory'>,
  catalog: Catalog,
  days: number,
): Promise<{ changes: AlarmChange[]; says?: string }> => {
  const changes = (await alarmHistory(Math.min(days, daysKept))).map((change) => fromCloudWatch(change, catalog));
  if (changes.length === 0) throw new InputInvalid('history: CloudWatch has no change of an alarm in these days');
  if (days <= daysKept) return { changes };
  return {
    changes,
    says: `CloudWatch keeps the history of alarms for ${daysKept} days: of ${days} days it had no more.`,
  };
};

/** Errors: `InputInvalid`, with the playbooks that there are. */
const playbookIn = ({ playbooks }: RemediationSection, name: string): Playbook => {
  const found = playbooks.find((one) => one.name === name);
  if (found) return found;
  const known = playbooks.map((one) => one.name).join(', ') || 'none';
  throw new InputInvalid(`playbook: got "${name}"; the catalog has: ${known}`, { name });
};
