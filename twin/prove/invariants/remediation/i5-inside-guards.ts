import { fromMs } from '../../../../lib/contracts/instant.ts';
import { notFrozen } from '../../../../lib/domain/gates/freeze.ts';
import type { Change } from '../../../model/changes.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';
import { attemptOf, isAct } from './acts.ts';

/**
 * At every instant: a playbook acts only after a decision on record that let it, in no freeze, never in shadow, and no more often on a
 * resource than its guards allow. A request that was held up on its way repeats what was done.
 */
export class ActsInsideGuards {
  #seen = 0;
  readonly #incidents = new Set<string>();

  check({ twin, late }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) {
      const change = list[this.#seen] as Change;
      if (isAct(change, twin)) this.#judge(twin.world, change, late.size > 0, report);
    }
  }

  #judge(world: Judged['twin']['world'], change: Change, late: boolean, report: Report): void {
    const attempt = attemptOf(change, world);
    if (!attempt) return;
    this.#incidents.add(attempt.incident);
    if (!late && notFrozen(world.catalog.freezes, fromMs(change.atMs)).verdict !== 'healthy')
      report('I5', `${attempt.id} acted in a freeze`);
    if (attempt.shadow) report('I5', `${attempt.id} acted in shadow`);
    const facts = [...world.ledger.values()].flat();
    const lets = facts.filter(({ kind, data }) => kind === 'remedy-decided' && data.go === 'act');
    if (!lets.some(({ key }) => key.startsWith(`${attempt.id}/`)))
      report('I5', `${attempt.id} acted, and no decision on record let it`);
    const most = world.catalog.remediation?.guards.standard?.attempts.most ?? 0;
    if (this.#incidents.size > most) report('I5', `${this.#incidents.size} incidents acted, and guards allow ${most}`);
  }
}
