import * as v from 'valibot';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { InventoryEntry, RenewalWish } from '../../lib/contracts/certificate.ts';
import { RenewalPending } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { reissued } from '../../lib/domain/certificates/renewal.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Waits, within its deadline, until the source knows a newer certificate. One that comes later is found by the next run. */
export const awaitIssue = step({
  name: 'AwaitIssue',
  input: v.object({ wish: RenewalWish, since: Instant }),
  output: v.object({ entry: v.nullable(InventoryEntry) }),
  async run({ inventory, catalogs, clock }: Needs<'inventory' | 'catalogs' | 'clock'>, { wish, since }) {
    const { policy } = certificateSectionOf(await catalogs.current());
    const entry = reissued(wish, await inventory.read());
    if (entry) return { entry };
    if (clock.now() < plusSeconds(since, policy.issueSeconds))
      throw new RenewalPending(`${wish.entry.id}: its source knows no newer certificate yet`, {
        subject: wish.entry.id,
      });
    return { entry: null };
  },
});

export const handler = lambda(awaitIssue, { inventory: awsInventory, catalogs: bundledCatalogs, clock: systemClock });
