import { fromMs } from '../../../../lib/contracts/instant.ts';
import { leaseOf } from '../../../../lib/contracts/lease.ts';
import { notFrozen } from '../../../../lib/domain/gates/freeze.ts';
import type { Change } from '../../../model/changes.ts';
import { service } from '../../release-stories.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/**
 * At every instant: pods start anew for a certificate only while its renewal holds the service, so beside no release, and in no freeze.
 * A request that was held up on its way changes what was changed already, or nothing.
 */
export class RestartsInsideGuards {
  #seen = 0;

  check({ twin, late }: Judged, report: Report): void {
    const { world, clock } = twin;
    for (; this.#seen < world.changes.list.length; this.#seen += 1) {
      const { value, atMs, resource } = world.changes.list[this.#seen] as Change;
      if (!Object.hasOwn(Object(value), 'restartedAt') || late.has('cluster.restart')) continue;
      const holder = world.leases.get(leaseOf(service))?.holder;
      if (!holder?.startsWith('renew-'))
        report('I5', `${resource} was started anew while ${holder ?? 'nobody'} held the service`);
      if (notFrozen(world.catalog.freezes, fromMs(atMs)).verdict !== 'healthy')
        report('I5', `${resource} was started anew in a freeze, at ${fromMs(clock.now())}`);
    }
  }
}
