import type { CaaRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { CaaReading, HostName } from '../../contracts/certificate.ts';
import { domainsFrom } from '../../domain/certificates/domains-from.ts';
import type { CaaRecords } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { overAll } from '../http/in-parallel.ts';

/** Names that are looked up at the same time. */
const atOnce = 16;
/** Milliseconds until a question is asked again, and how often it is asked. */
const asking = { timeout: 2000, tries: 2 };

/** There is such a name without records, or no such name: both mean that whoever is above it decides. */
const nothingThere = ['ENODATA', 'ENOTFOUND'];

type Asked = { records: CaaRecord[] } | { reason: string };
type Ask = (domain: string) => Promise<Asked>;

/** `resolve`: the CAA records of one domain, aliases followed by the resolver; rejects with a `code` of node:dns. */
export const caaRecordsOver = (resolve: (domain: string) => Promise<CaaRecord[]>): CaaRecords => ({
  find(names) {
    const ask = eachOnce((domain) => resolve(domain).then((records) => ({ records }), reasonIn));
    return overAll(atOnce, names, (name) => climb(name, ask));
  },
});

/** Rule: RFC 8659 section 3. A domain that cannot be asked ends the climb: it might be the one that forbids. */
const climb = async (name: HostName, ask: Ask): Promise<CaaReading> => {
  for (const domain of domainsFrom(name)) {
    const asked = await ask(domain);
    if ('reason' in asked) return { state: 'unread', name, reason: `${domain}: ${asked.reason}` };
    if (asked.records.length > 0) return { state: 'read', name, at: domain, records: asked.records.map(readRecord) };
  }
  return { state: 'read', name, records: [] };
};

const reasonIn = (error: NodeJS.ErrnoException): Asked =>
  nothingThere.includes(error.code ?? '') ? { records: [] } : { reason: error.code ?? error.message };

/** Many names share what is above them. */
const eachOnce = (ask: Ask): Ask => {
  const asked = new Map<string, Promise<Asked>>();
  return (domain) => {
    const known = asked.get(domain) ?? ask(domain);
    asked.set(domain, known);
    return known;
  };
};

/** Node has the tag as the name of a field beside `critical`. */
const readRecord = ({ critical, ...tags }: CaaRecord) => {
  const [[tag, value] = ['', '']] = Object.entries(tags).filter(([name]) => name !== 'type');
  return { critical: critical !== 0, tag: tag.toLowerCase(), value: String(value) };
};

export const dnsCaa = adapter({}, () => {
  const resolver = new Resolver(asking);
  return caaRecordsOver((domain) => resolver.resolveCaa(domain));
});
