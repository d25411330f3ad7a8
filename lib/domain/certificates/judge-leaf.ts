import type { Certificate, Reason } from '../../contracts/certificate.ts';
import type { AllowedIssuer } from '../../contracts/certificate-policy.ts';
import { anyMatches } from './name-matches.ts';
import { bad, cut, moment, ok, shortly } from './say.ts';

/** Rule: the certificate names the host that users ask for. A wildcard stands for one label, never for more or none. */
export const judgeNames = ({ names }: Pick<Certificate, 'names'>, host: string): Reason[] => {
  if (anyMatches(names, host)) return [];
  const said = names.slice(0, 5).map((name) => cut(name, 80));
  const more = names.length > said.length ? ` and ${names.length - said.length} more` : '';
  return [bad('name', `it is for ${said.join(', ') || 'no name at all'}${more}, not for ${host}`)];
};

/**
 * Rule: what is served is the newest that was issued, one for each kind of key. `issued`: the newest of each kind; none when
 * nobody knows what was issued, and then there is nothing to compare with.
 */
export const judgeServed = (leaf: Certificate, issued: readonly Certificate[]): Reason[] => {
  const meant = issued.find(({ key }) => key.kind === leaf.key.kind) ?? issued[0];
  if (!meant) return [];
  if (meant.fingerprint === leaf.fingerprint) return [ok('served', 'it is the newest that was issued')];
  return [
    bad(
      'old-leaf',
      `it serves ${shortly(leaf)} of ${moment(leaf.notBefore)}, but the newest that was issued is ${shortly(meant)} of ${moment(meant.notBefore)}`,
    ),
  ];
};

/** Rule: nobody issues for us but those that the catalog names. */
export const judgeIssuer = ({ issuer }: Pick<Certificate, 'issuer'>, issuers: readonly AllowedIssuer[]): Reason[] =>
  issuerOf({ issuer }, issuers)
    ? []
    : [bad('issuer', `it was issued by ${cut(issuer, 120) || 'nobody'}, who is not among the issuers of the catalog`)];

export const issuerOf = (
  { issuer }: Pick<Certificate, 'issuer'>,
  issuers: readonly AllowedIssuer[],
): AllowedIssuer | undefined => issuers.find(({ organization }) => organizationsOf(issuer).includes(organization));

/** Every `O=` of a name in one line. A comma inside of a value makes no part of its own. */
const organizationsOf = (name: string): string[] =>
  name
    .split(/, (?=[A-Za-z][\w.-]*=)/)
    .filter((part) => part.startsWith('O='))
    .map((part) => part.slice(2));
