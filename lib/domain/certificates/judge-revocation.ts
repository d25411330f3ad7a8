import type { Reason, Revocation } from '../../contracts/certificate.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import { bad, cut, moment, ok, unknown } from './say.ts';

const who = { staple: 'the stapled answer', crl: 'the list of its issuer' };

/** Rule: one answer that says revoked is enough; an answer that ran out says nothing. Where nobody answers there is nothing to judge. */
export const judgeRevocation = (revocations: readonly Revocation[], now: Instant): Reason[] =>
  revocations.map((revocation) => {
    const by = who[revocation.by];
    if (revocation.state === 'unknown')
      return unknown('revocation', `${by} could not be had: ${cut(revocation.reason, 120)}`);
    if (revocation.state === 'revoked')
      return bad('revoked', `it was revoked, says ${by} of ${moment(revocation.producedAt)}`);
    const until = revocation.checkedUntil;
    if (until && toMs(until) < toMs(now)) return unknown('revocation', `${by} ran out on ${moment(until)}`);
    return ok('revocation', `not revoked, says ${by} of ${moment(revocation.producedAt)}`);
  });
