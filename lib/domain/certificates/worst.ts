import { type Health, health, type Reason } from '../../contracts/certificate.ts';

const worse = (a: Health, b: Health): Health => (health.indexOf(a) > health.indexOf(b) ? a : b);

/** The worst reason wins. No reasons at all mean that nobody looked, so they are no OK. */
export const worstOf = (reasons: readonly Pick<Reason, 'health'>[]): Health =>
  reasons.length === 0 ? 'UNKNOWN' : reasons.map((reason) => reason.health).reduce(worse);
