import { databaseLeaseOf, failoverDrillLeaseOf, leaseOf } from '../../../../lib/contracts/lease.ts';
import { secondRegion } from '../../failover-stories.ts';
import { database } from '../../recovery-stories.ts';
import { service } from '../../release-stories.ts';
import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

const resources = [databaseLeaseOf(database), failoverDrillLeaseOf(database), leaseOf(service)];

/**
 * At the end: no lease is held. One that was asked for by a call that came late, or that nobody can give back, expires by itself; a
 * late one is freed by the next run.
 */
export const noLeaseIsHeld = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['leases', 'catalogs'])) return;
  if (judged.late.has('leases.take') || judged.late.has('leases.takeOver')) return;
  for (const resource of resources) {
    const lease = judged.twin.world.leases.get(resource);
    if (lease) report('I2', `${lease.holder} still holds ${resource}`);
  }
};

/**
 * At the end: the name of the drill leads to where it did, unless nobody could move it back, and somebody was woken. A call that
 * came late moves it once more: no user knows it, and the next drill puts it back.
 */
export const drillRecordIsBack = (judged: Judged, report: Report): void => {
  if (judged.late.has('dns.shift')) return;
  if (goneButLoud(judged, ['dns', 'databases', 'leases', 'catalogs'])) return;
  const { primary } = judged.twin.world.failover.names.written(secondRegion.drillRecord);
  if (primary !== 100) report('I2', `${secondRegion.drillRecord} still leads to what a drill made`);
};
