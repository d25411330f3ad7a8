import { slots } from '../../../lib/contracts/names.ts';
import { endedStatuses, type ReleaseStatus } from '../../../lib/contracts/release.ts';
import { service } from '../release-stories.ts';
import { alarmed, helplessButLoud, type Judged } from './judged.ts';
import type { Report } from './violation.ts';

/**
 * No lease is held. When the store of leases or releases has gone, or nobody can start the machine that cleans up,
 * the lease expires by itself, and somebody is woken.
 */
export const noLeaseIsHeld = (judged: Judged, report: Report): void => {
  if (['leases', 'releases', 'machines', 'runs', 'catalogs'].some((port) => judged.gone.has(port)) && alarmed(judged))
    return;
  const { leases, records } = judged.twin.world;
  for (const { holder } of leases.values())
    if (!isLeftover(judged, records.byId.get(holder)?.status)) report('I2', `${holder} still holds the lease`);
};

/** A late request for the lease of a release that has ended by then: the next release frees it (TakeLease). */
const isLeftover = ({ late }: Judged, status: ReleaseStatus | undefined): boolean =>
  late.has('leases.take') && status !== undefined && endedStatuses.includes(status);

/**
 * Traffic is on one slot, and that is the slot on record. Without a way to ask, an undo cannot be shown to have worked: then
 * the record stays as it was, and somebody is woken.
 */
export const noSlotIsHalfShifted = (judged: Judged, report: Report): void => {
  if (helplessButLoud(judged)) return;
  const { services, records } = judged.twin.world;
  const weights = services.get(service).effective();
  const serving = slots.find((slot) => weights[slot] === 100);
  const live = records.live.get(service);
  if (!serving) report('I2', `traffic is split: blue ${weights.blue} %, green ${weights.green} %`);
  else if (judged.gone.has('probe') && alarmed(judged)) return;
  else if (live?.slot !== serving) report('I2', `slot ${serving} serves, but slot ${live?.slot} is on record as live`);
  else if (services.get(service).state(serving).digest !== live.digest)
    report('I2', `slot ${serving} does not run what is on record as live`);
};

/** A slot without traffic is empty, unless whoever could not empty it said so. */
export const noSlotIsForgotten = (judged: Judged, report: Report): void => {
  const { services, ledger } = judged.twin.world;
  const shop = services.get(service);
  const saidSo = (ledger.get(service) ?? []).some(({ kind, data }) => kind === 'ended' && Boolean(data.failed));
  if (saidSo || alarmed(judged)) return;
  for (const slot of slots)
    if (shop.effective()[slot] === 0 && shop.state(slot).wanted > 0)
      report('I2', `slot ${slot} was forgotten with ${shop.state(slot).wanted} pods`);
};
