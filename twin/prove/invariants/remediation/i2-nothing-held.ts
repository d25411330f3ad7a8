import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: no incident holds a resource. A lease that was asked for by a call that came late expires by itself. */
export const noLeaseIsHeld = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['leases', 'releases', 'catalogs', 'incidents', 'machines', 'runs'])) return;
  if (judged.late.has('leases.take')) return;
  for (const { holder, resource } of judged.twin.world.leases.values())
    report('I2', `${holder} still holds ${resource}`);
};
