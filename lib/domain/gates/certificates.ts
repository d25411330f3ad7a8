import type { CertificateState } from '../../contracts/certificate.ts';
import { type Instant, plusSeconds, secondsBetween } from '../../contracts/instant.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { ReleasePolicy } from '../../contracts/policy.ts';
import type { Verdict } from '../../contracts/verdict.ts';
import { moment } from '../certificates/say.ts';
import { longestDeploymentSeconds } from '../policy/longest-run.ts';
import { overall } from '../verdict/worst.ts';
import type { Answered } from './answered.ts';

/** What was looked at longer ago than this is not known any more. The schedule looks every hour. */
const freshSeconds = 6 * 3600;

/**
 * Rule: every certificate of the service ends later than the release can, at its slowest. One that ends in between would be taken
 * for a fault of the release.
 */
export const certificatesOutlive = (
  service: ServiceName,
  states: readonly CertificateState[],
  policy: ReleasePolicy,
  now: Instant,
): Answered => {
  const mine = states.filter(({ services }) => services.includes(service));
  if (mine.length === 0) return { verdict: 'inconclusive', reason: 'no certificate is known to be of this service' };
  const end = plusSeconds(now, longestDeploymentSeconds(policy));
  const answers = mine.map((state) => ({ state, ...outlives(state, end, now) }));
  const verdict = overall(answers);
  const worst = answers.filter((answer) => answer.verdict === verdict);
  return { verdict, reason: worst.map(({ state, reason }) => `${state.subject} ${reason}`).join('; ') };
};

const outlives = (
  { life, seenAt, health }: CertificateState,
  end: Instant,
  now: Instant,
): { verdict: Verdict; reason: string } => {
  if (secondsBetween(seenAt, now) > freshSeconds)
    return { verdict: 'inconclusive', reason: `was last looked at on ${moment(seenAt)}` };
  if (!life) return { verdict: 'inconclusive', reason: 'has no certificate that was seen' };
  const ends = `ends on ${moment(life.notAfter)}`;
  if (life.notAfter <= end)
    return { verdict: 'unhealthy', reason: `${ends}, and the release may go on until ${moment(end)}` };
  return health === 'UNKNOWN'
    ? { verdict: 'inconclusive', reason: `${ends}, but is UNKNOWN now` }
    : { verdict: 'healthy', reason: ends };
};
