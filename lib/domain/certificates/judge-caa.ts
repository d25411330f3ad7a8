import type { CaaReading, Certificate, Reason } from '../../contracts/certificate.ts';
import type { AllowedIssuer } from '../../contracts/certificate-policy.ts';
import { issuerOf } from './judge-leaf.ts';
import { bad, cut, unknown } from './say.ts';

const known = ['issue', 'issuewild', 'iodef', 'issuemail', 'issuevmc', 'contactemail', 'contactphone'];

/**
 * Rule (RFC 8659): where records say who may issue, whoever issued must be among them, or the next renewal is refused. Without any
 * record everybody may. `name`: as the certificate has it; for a wildcard `issuewild` counts, where there is one.
 */
export const judgeCaa = (
  reading: CaaReading,
  certificate: Certificate,
  issuers: readonly AllowedIssuer[],
  wildcard: boolean,
): Reason[] => {
  if (reading.state === 'unread')
    return [unknown('caa', `who may issue for ${reading.name} could not be read: ${cut(reading.reason, 120)}`)];
  const { name, at = name, records } = reading;
  const odd = records.find(({ critical, tag }) => critical && !known.includes(tag.toLowerCase()));
  if (odd)
    return [
      bad('caa', `${at} has the critical CAA record "${cut(odd.tag, 40)}", which no issuer knows, so nobody may issue`),
    ];
  const issuer = issuerOf(certificate, issuers);
  const allowed = allowedBy(records, wildcard);
  if (!allowed || !issuer || issuer.caa.some((domain) => allowed.includes(domain))) return [];
  const said = allowed.filter((domain) => domain !== '').map((domain) => cut(domain, 60));
  return [
    bad(
      'caa',
      `the CAA records of ${at} let ${said.join(', ') || 'nobody'} issue for ${name}, but it was issued by ${issuer.organization}: the next renewal will be refused`,
    ),
  ];
};

/** Domains without their parameters; an empty one is "nobody". Undefined: nothing restricts who may issue. */
const allowedBy = (records: readonly { tag: string; value: string }[], wildcard: boolean): string[] | undefined => {
  const tagged = (tag: string) => records.filter((record) => record.tag.toLowerCase() === tag);
  const wild = tagged('issuewild');
  const counting = wildcard && wild.length > 0 ? wild : tagged('issue');
  if (counting.length === 0) return undefined;
  return counting.map(({ value }) => (value.split(';')[0] ?? '').trim().toLowerCase());
};
