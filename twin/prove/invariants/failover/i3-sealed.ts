import { toldOf } from '../../../../lib/contracts/evidence.ts';
import { endsOf } from '../../story.ts';
import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** An auditor is told of every failover that ended, refused ones too; or it cannot be sealed any more, and somebody was woken. */
export const everyFailoverIsSealed = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['evidence', 'signer', 'ledger', 'outbox', 'leases'])) return;
  const sealed = new Set([...judged.twin.world.evidence.values()].flat().map(toldOf));
  const ended = endsOf(judged.twin);
  for (const [name, end] of Object.entries(judged.story.ends))
    if (end !== 'drilled' && ended.has(name) && !sealed.has(name)) report('I3', `there is no evidence of ${name}`);
};
