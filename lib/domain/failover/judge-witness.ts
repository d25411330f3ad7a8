import type { Witness } from '../../contracts/failover.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';

export type Saw = Omit<Witness, 'name'>;

/** A checker's word begins with `Success` or `Failure`. Anything else is no word. */
type Observation = { status: string; at?: Instant };

/** Checkers of an address on several continents. One that gets an answer is enough for "answers". */
export const judgeCheckers = (observations: readonly Observation[]): Saw => {
  const good = observations.filter(({ status }) => status.startsWith('Success'));
  const bad = observations.filter(({ status }) => status.startsWith('Failure'));
  const seen = `${good.length} of ${observations.length} checkers get an answer`;
  if (good.length > 0) return { saw: 'answers', reason: seen };
  if (bad.length === 0) return { saw: 'unknown', reason: 'no checker has said anything' };
  return bad.length === observations.length
    ? { saw: 'lost', reason: seen }
    : { saw: 'unknown', reason: `${seen}, and ${observations.length - bad.length} say neither` };
};

/** Points come once a minute; after this much silence somebody would have been heard. */
const silentSeconds = 300;

/**
 * A count of healthy targets that the region itself sends. Rule: silence means loss only after a sign of life; one that was never
 * heard tells nothing. A zero means that the region lives but serves nobody, which is loss too.
 */
export const judgeHeartbeat = (points: readonly { at: Instant; value: number }[], now: Instant): Saw => {
  const inOrder = [...points].sort((a, b) => (a.at < b.at ? -1 : 1));
  const newest = inOrder.at(-1);
  const alive = inOrder.filter(({ value }) => value > 0).at(-1);
  if (!newest || !alive) return { saw: 'unknown', reason: 'no healthy target was ever counted' };
  const lastSignAt = alive.at;
  if (newest.value === 0) return { saw: 'lost', reason: `no healthy target at ${newest.at}`, lastSignAt };
  const silence = secondsBetween(newest.at, now);
  return silence > silentSeconds
    ? { saw: 'lost', reason: `silent since ${newest.at}`, lastSignAt }
    : { saw: 'answers', reason: `${newest.value} healthy targets at ${newest.at}` };
};

type Tried = { to: string; how: 'connected' | 'refused' | 'silent' | 'unnamed' };

/** Addresses of the database and of the load balancer. One that refuses is there, so its region is not gone. */
export const judgeAddresses = (tried: readonly Tried[]): Saw => {
  const reason = tried.map(({ to, how }) => `${to} ${how}`).join(', ');
  if (tried.some(({ how }) => how === 'connected' || how === 'refused')) return { saw: 'answers', reason };
  return tried.length > 0 && tried.every(({ how }) => how === 'silent')
    ? { saw: 'lost', reason }
    : { saw: 'unknown', reason: reason || 'no address was tried' };
};
