import type { Instant } from '../../contracts/instant.ts';
import type { Lease } from '../../contracts/lease.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { LiveRelease } from '../../contracts/release.ts';
import type { Weights } from '../../contracts/routing.ts';

/** `before` and `after`: what is on record as live, read before the weights and after everything else. */
export type DriftFacts = {
  before: LiveRelease | undefined;
  weights: Weights;
  lease: Lease | undefined;
  after: LiveRelease | undefined;
  now: Instant;
};
export type SeenDrift = { live: LiveRelease; weights: Weights };

/** Rule: while somebody holds the service, traffic may be anywhere; and what changed while we looked is no drift. */
export const driftOf = ({ before, weights, lease, after, now }: DriftFacts): SeenDrift | undefined => {
  if (!before || !after || before.since !== after.since || before.slot !== after.slot) return undefined;
  if (lease && lease.until > now) return undefined;
  return weights[after.slot] === 100 ? undefined : { live: after, weights };
};

const saysDrift = ({ live, weights }: SeenDrift): string =>
  `traffic is ${weights.blue} % on blue and ${weights.green} % on green, and on record ${live.releaseId} is live in ${live.slot}`;

const idOf = (service: ServiceName, { live, weights }: SeenDrift): string =>
  `drift-${service}-${live.since}-${weights.blue}-${weights.green}`;

/** Nothing is done about it: whoever changed it had a reason that no machine knows. Told once for each place where traffic is. */
export const driftMessage = (service: ServiceName, drift: SeenDrift, at: Instant): Message => ({
  id: idOf(service, drift),
  service,
  kind: 'drift',
  subject: `${service}: traffic is not where the record says (${drift.weights.blue}/${drift.weights.green} since ${drift.live.since})`,
  body: `${saysDrift(drift)}. Nothing was done about it: find out who changed it, then deploy or roll back.`,
  at,
});

export const driftFact = (
  service: ServiceName,
  drift: SeenDrift,
): Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'> => ({
  service,
  key: idOf(service, drift),
  kind: 'drift',
  says: saysDrift(drift),
  data: { slot: drift.live.slot, weights: drift.weights },
});
