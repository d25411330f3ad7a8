import type { Certificate, Reason } from '../../contracts/certificate.ts';
import type { CertificatePolicy } from '../../contracts/certificate-policy.ts';
import { fromMs, type Instant, secondsBetween, toMs } from '../../contracts/instant.ts';
import { bad, moment, ok, span, spanBetween } from './say.ts';

type Life = Pick<Certificate, 'notBefore' | 'notAfter'>;
type Shares = Pick<CertificatePolicy, 'renewShare' | 'badShare'>;

const lengthOf = ({ notBefore, notAfter }: Life): number => secondsBetween(notBefore, notAfter);

/** The share of its lifetime that is left: 1 at its beginning, 0 at its end and ever after. */
export const shareLeft = (life: Life, now: Instant): number => {
  const length = lengthOf(life);
  if (!(length > 0)) return 0;
  return Math.min(1, Math.max(0, secondsBetween(now, life.notAfter) / length));
};

/** The moment at which no more than the share is left. */
export const momentOf = (life: Life, share: number): Instant =>
  fromMs(Math.floor(toMs(life.notAfter) - Math.max(0, lengthOf(life)) * share * 1000));

export const isDue = (life: Life, { renewShare }: Pick<Shares, 'renewShare'>, now: Instant): boolean =>
  shareLeft(life, now) < renewShare;

/** Rule: judged by its own lifetime, to the second. One that ended a second ago is BAD, not gone. */
export const judgeLifetime = (life: Life, shares: Shares, now: Instant): Reason => {
  const { notBefore, notAfter } = life;
  if (!(lengthOf(life) > 0))
    return bad('lifetime', `it ends (${moment(notAfter)}) before it begins (${moment(notBefore)})`);
  if (toMs(now) < toMs(notBefore))
    return bad('not-yet', `it is good only from ${moment(notBefore)}, in ${spanBetween(now, notBefore)}`);
  if (toMs(now) > toMs(notAfter))
    return bad('expired', `it expired ${spanBetween(notAfter, now)} ago, on ${moment(notAfter)}`);
  const left = shareLeft(life, now);
  const says = `it ends in ${spanBetween(now, notAfter)}, on ${moment(notAfter)}: ${Math.floor(left * 100)} % of its life of ${span(lengthOf(life))}`;
  if (left < shares.badShare) return bad('ending', `${says}, and it should have been renewed`);
  if (left < shares.renewShare) return ok('due', `${says}, so it is due for renewal`);
  return ok('lifetime', says);
};
