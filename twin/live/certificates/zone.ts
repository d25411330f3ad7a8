import type { CaaRecord } from 'node:dns';
import * as v from 'valibot';
import { caaRecordsOver } from '../../../lib/adapters/dns/caa.ts';
import type { CertificateSection } from '../../../lib/contracts/certificate-policy.ts';
import type { CaaRecords } from '../../../lib/ports/certificates.ts';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';

/** The CAA records of a zone, by domain, in the form of node:dns. */
const Zone = v.record(v.string(), v.array(v.looseObject({ critical: v.number() })));

const fileOf = (stateDir: string): string => paths.certificates(stateDir, 'caa.json');

/** The authority of the twin may issue for every domain of the catalog, and nobody else. */
export const writeZone = (
  stateDir: string,
  { domains, issuers }: Pick<CertificateSection, 'domains' | 'issuers'>,
): Promise<void> => {
  const records = issuers.flatMap(({ caa }) => caa).map((issue) => ({ critical: 0, issue }));
  return writeDurably(fileOf(stateDir), Object.fromEntries(domains.map((domain) => [domain, records])));
};

/** Without the file nobody is kept from issuing. */
export const zoneCaa = (stateDir: string): CaaRecords =>
  caaRecordsOver(async (domain) => ((await readRecord(fileOf(stateDir), Zone))?.[domain] ?? []) as CaaRecord[]);

const ownDomain = 'ca.evenkeel.test';

/** The twin's authority keeps to the records, as every authority must before it issues. */
export const mayIssue = async (stateDir: string, host: string): Promise<boolean> => {
  const [reading] = await zoneCaa(stateDir).find([host]);
  if (reading?.state !== 'read') return false;
  const issue = reading.records.filter(({ tag }) => tag === 'issue');
  return issue.length === 0 || issue.some(({ value }) => value === ownDomain);
};
