import {
  type ACMClient,
  type CertificateDetail,
  DescribeCertificateCommand,
  GetCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
} from '@aws-sdk/client-acm';
import type { InventoryEntry } from '../../contracts/certificate.ts';
import { calling } from '../aws/failures.ts';
import { overAll } from '../http/in-parallel.ts';
import { acmClient, edgeRegion } from './clients.ts';
import { allPages } from './pages.ts';
import { leafIn } from './pem.ts';

export const dependency = 'ACM';
/** Far from what ACM allows, as others ask it too. */
const atOnce = 4;
/** Without this ACM is silent about all but some kinds of RSA keys. */
const keyTypes = Object.values(KeyAlgorithm);

export const acmIdOf = (arn: string): string => `acm:${arn}`;

/** Every certificate of the region and of CloudFront's. */
export const acmEntries = async (): Promise<InventoryEntry[]> => {
  const own = acmClient();
  const region = await own.config.region();
  const clients = region === edgeRegion ? [own] : [own, acmClient(edgeRegion)];
  return (await Promise.all(clients.map(entriesOf))).flat();
};

const entriesOf = async (client: ACMClient): Promise<InventoryEntry[]> => {
  const listed = await allPages(dependency, async (NextToken) => {
    const found = await client.send(new ListCertificatesCommand({ Includes: { keyTypes }, NextToken }));
    return { items: found.CertificateSummaryList, next: found.NextToken };
  });
  return overAll(atOnce, listed, ({ CertificateArn = '' }) => entryOf(client, CertificateArn));
};

type Read = ReturnType<typeof leafIn>;

const entryOf = async (client: ACMClient, arn: string): Promise<InventoryEntry> => {
  const detail = await describe(client, arn);
  const read: Read = isIssued(detail) ? leafIn(await publicPartOf(client, arn)) : {};
  const troubles = [troubleIn(detail), read.trouble].filter((one) => one !== undefined);
  return {
    id: acmIdOf(arn),
    source: 'acm',
    names: (detail.SubjectAlternativeNames ?? [detail.DomainName ?? '']).map((name) => name.toLowerCase()),
    renewer: detail.Type === 'IMPORTED' ? 'imported' : 'acm',
    ...(read.certificate && { certificate: read.certificate }),
    uses: [],
    endpoints: [],
    ...(troubles.length > 0 && { trouble: troubles.join('; ') }),
  };
};

/** Errors: `ResourceNotFoundException` of ACM, unnamed, when there is none. */
export const describe = async (client: ACMClient, CertificateArn: string): Promise<CertificateDetail> => {
  const found = await calling(dependency, () => client.send(new DescribeCertificateCommand({ CertificateArn })));
  return found.Certificate ?? {};
};

const publicPartOf = async (client: ACMClient, CertificateArn: string): Promise<string> =>
  (await calling(dependency, () => client.send(new GetCertificateCommand({ CertificateArn })))).Certificate ?? '';

const isIssued = ({ Status }: CertificateDetail): boolean => Status === 'ISSUED' || Status === 'EXPIRED';

/** What ACM says is wrong, with what it wants done. */
export const troubleIn = (detail: CertificateDetail): string | undefined => {
  const { Status, FailureReason, RenewalSummary: renewal } = detail;
  if (Status !== 'ISSUED') return told([`status ${Status}`, FailureReason, ...missingRecords(detail)]);
  if (renewal?.RenewalStatus === 'FAILED' || renewal?.RenewalStatus === 'PENDING_VALIDATION')
    return told([`renewal ${renewal.RenewalStatus}`, renewal.RenewalStatusReason, ...missingRecords(detail)]);
  return undefined;
};

const told = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part).join(', ');

/** Records without which ACM cannot tell that a domain is still ours. */
const missingRecords = ({ DomainValidationOptions, RenewalSummary }: CertificateDetail): string[] => {
  const options = RenewalSummary?.DomainValidationOptions ?? DomainValidationOptions ?? [];
  return options
    .filter(({ ValidationStatus }) => ValidationStatus !== 'SUCCESS')
    .map(({ DomainName, ResourceRecord: record }) =>
      record ? `DNS must have ${record.Name} ${record.Type} ${record.Value}` : `${DomainName} must be validated`,
    );
};
