import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { CatalogInvalid, InputInvalid } from '../../lib/contracts/failures.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import { backTest } from '../../lib/domain/remediation/back-test.ts';
import { type PastSummary, summaryOf } from '../../lib/domain/remediation/back-test-summary.ts';

/** As it would be with its `mode` at `act`: what it asks for or only watches today is what a person wants to know of. */
export const backTestOf = (catalog: Catalog, name: string, history: readonly AlarmChange[]): PastSummary => {
  const playbook = playbookIn(catalog, name);
  const { freezes, remediation } = catalog;
  const policy = remediation?.guards[playbook.guards];
  if (!remediation || !policy) throw new CatalogInvalid(`remediation: "${name}" has no guards "${playbook.guards}"`);
  const { maintenance, ownedByTerraform } = remediation;
  const context = { policy, freezes, maintenance, ownedByTerraform, releases: [] };
  return summaryOf(history, backTest(history, { ...playbook, mode: 'act' }, context));
};

/** Errors: `InputInvalid`, with the playbooks that there are. */
const playbookIn = ({ remediation }: Catalog, name: string): Playbook => {
  const playbooks = remediation?.playbooks ?? [];
  const found = playbooks.find((one) => one.name === name);
  if (found) return found;
  const known = playbooks.map((one) => one.name).join(', ') || 'none';
  throw new InputInvalid(`playbook: got "${name}"; the catalog has: ${known}`, { name });
};
