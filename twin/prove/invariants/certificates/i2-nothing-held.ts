import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/**
 * At the end: no lease is held. One that was asked for by a call that came late, or that nobody can give back, expires by itself.
 */
export const noLeaseIsHeld = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['leases', 'catalogs', 'releases', 'machines'])) return;
  if (judged.late.has('leases.take') || judged.late.has('leases.takeOver')) return;
  for (const { holder, resource } of judged.twin.world.leases.values())
    report('I2', `${holder} still holds ${resource}`);
};
