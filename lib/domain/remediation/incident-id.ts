import { type AlarmChange, resourceKeyOf } from '../../contracts/alarm.ts';
import type { Playbook } from '../../contracts/playbook.ts';
import { canonicalHash } from '../canonical/canonical.ts';

/**
 * Also the name of the run. The same change under the same version of its playbook is the same incident, whoever told it, how often and
 * how late.
 */
export const incidentIdOf = ({ source, name, resource, at }: AlarmChange, playbook: Playbook): string =>
  `remedy-${canonicalHash({ source, name, resource: resourceKeyOf(resource), at, playbook: canonicalHash(playbook) }).slice(0, 40)}`;
