import { createHash } from 'node:crypto';
import type { Certificate, HostName, LoggedCertificate } from '../../contracts/certificate.ts';
import { fromMs } from '../../contracts/instant.ts';
import { isUnreadable, readCertificate } from '../certificates/read-certificate.ts';
import type { LogEntry } from './entry.ts';

type Place = { log: string; index: number };

/**
 * The entry as an issuance for one of the domains or anything below them; undefined when it is none. What names a domain and
 * cannot be read is one: a stranger must not go unseen by being odd.
 */
export const loggedFor = (
  domains: readonly HostName[],
  { log, index }: Place,
  entry: LogEntry,
): LoggedCertificate | undefined => {
  if (!mentionsAny(domains, entry.proven)) return undefined;
  const read = readCertificate(entry.proven);
  const certificate = isUnreadable(read) ? unreadableAt(entry.atMs, read.unreadable) : read;
  if (!isUnreadable(read) && !namesIn(read).some((name) => isBelow(domains, name))) return undefined;
  const fingerprint = createHash('sha256').update(entry.shown).digest('hex');
  const { precertificate, atMs } = entry;
  return { log, index, at: fromMs(atMs), precertificate, certificate: { ...certificate, fingerprint } };
};

/** Far cheaper than to parse it, and logs take millions a day: a name stands in a certificate as it is written. */
const mentionsAny = (domains: readonly HostName[], der: Buffer): boolean => {
  const text = der.toString('latin1').toLowerCase();
  return domains.some((domain) => text.includes(domain));
};

const commonName = /(?:^|, )CN=([^,]+)/g;

const namesIn = ({ names, subject }: Certificate): string[] => [
  ...names,
  ...[...subject.matchAll(commonName)].map(([, name = '']) => name.toLowerCase()),
];

/** Whatever follows a zero byte was ignored by careless software once, so it is here. */
const isBelow = (domains: readonly HostName[], name: string): boolean => {
  const [plain = ''] = name.split('\0');
  return domains.some((domain) => plain === domain || plain.endsWith(`.${domain}`));
};

const unreadableAt = (atMs: number, problem: string): Omit<Certificate, 'fingerprint'> => ({
  subject: `unreadable: ${problem}`,
  names: [],
  issuer: '',
  serial: '',
  notBefore: fromMs(atMs),
  notAfter: fromMs(atMs),
  key: { kind: 'other', bits: 0 },
  signature: '',
  authority: false,
});
