import type { Attempt } from '../../contracts/incident.ts';
import type { RequestId } from '../../contracts/names.ts';
import { canonicalHash } from '../canonical/canonical.ts';

/** What an attempt asks of other machines goes by this name: short, because a drill's copy is named after it. */
export const requestIdOf = ({ id }: Pick<Attempt, 'id'>): RequestId => canonicalHash(id).slice(0, 16);
