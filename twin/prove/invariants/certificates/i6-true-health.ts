import { endpointName } from '../../../../lib/contracts/certificate.ts';
import { endsOf } from '../../story.ts';
import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** The last check of the story has judged, and could keep what it found. */
const lastCheckCounts = (judged: Judged): boolean => {
  const last =
    Object.keys(judged.story.ends)
      .filter((id) => id.startsWith('certificates-'))
      .at(-1) ?? '';
  const end = endsOf(judged.twin).get(last);
  return end !== undefined && end !== 'unchecked' && !goneButLoud(judged, ['certificates', 'ledger']);
};

/** At the end: a place of which any address serves another certificate than the newest is not on record as OK. */
export const nothingBadIsOk = (judged: Judged, report: Report): void => {
  if (!lastCheckCounts(judged)) return;
  const { world, states } = judged.twin.world.certificates;
  for (const { certificate, endpoints } of world.entries())
    for (const endpoint of endpoints) {
      const leaves = world.addressesOf(endpoint).map((address) => world.servedAt(endpoint, address));
      const good = leaves.every(
        (leaf) => typeof leaf !== 'string' && leaf.certificate.fingerprint === certificate?.fingerprint,
      );
      const name = endpointName(endpoint);
      if (!good && states.get(name)?.health === 'OK')
        report('I6', `${name} is on record as OK, and does not serve the newest everywhere`);
    }
};

/** At the end: what its source knows no more is not on record as OK. */
export const nothingVanishedIsOk = (judged: Judged, report: Report): void => {
  if (!lastCheckCounts(judged)) return;
  const { world, states } = judged.twin.world.certificates;
  const ids = world.entries().map(({ id }) => id);
  for (const { entry, health } of states.values())
    if (entry && !ids.includes(entry.id) && health === 'OK')
      report('I6', `${entry.id} is on record as OK, and is gone`);
};
