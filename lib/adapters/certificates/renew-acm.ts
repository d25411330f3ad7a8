import {
  type CertificateDetail,
  RenewCertificateCommand,
  RequestInProgressException,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import { RenewalRefused } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { dependency, describe, troubleIn } from './acm.ts';
import { acmClient } from './clients.ts';

/**
 * ACM renews what it issued by itself, as long as it is used and its domains are proven; it can be asked for exported ones alone.
 * So this asks where asking is allowed, and else says what keeps ACM from doing it.
 */
export const renewInAcm = async (arn: string): Promise<'requested' | 'person'> => {
  const client = acmClient(regionOf(arn));
  const detail = await describe(client, arn).catch((error: Error) => {
    throw error.cause instanceof ResourceNotFoundException ? refused(arn, 'ACM does not have it any more') : error;
  });
  if (detail.Type === 'IMPORTED' || waitsForMail(detail)) return 'person';
  const trouble =
    troubleIn(detail) ?? (isUnused(detail) ? 'ACM renews only what is used, and nothing uses it' : undefined);
  if (trouble !== undefined) throw refused(arn, trouble);
  if (detail.RenewalSummary || !isAskable(detail)) return 'requested';
  await calling(dependency, () => client.send(new RenewCertificateCommand({ CertificateArn: arn })).catch(isUnderWay));
  return 'requested';
};

/** `arn:aws:acm:<region>:…` */
const regionOf = (arn: string): string | undefined => arn.split(':')[3];

const refused = (arn: string, reason: string): RenewalRefused => new RenewalRefused(`${arn}: ${reason}`, { arn });

/** A letter went to whoever owns the domain, and has a link that a person must follow. */
const waitsForMail = ({ RenewalSummary, DomainValidationOptions = [] }: CertificateDetail): boolean =>
  RenewalSummary?.RenewalStatus === 'PENDING_VALIDATION' &&
  DomainValidationOptions.some(({ ValidationMethod }) => ValidationMethod === 'EMAIL');

const isExported = ({ Options }: CertificateDetail): boolean => Options?.Export === 'ENABLED';
const isUnused = (detail: CertificateDetail): boolean => (detail.InUseBy ?? []).length === 0 && !isAskable(detail);

/** Rule: docs of RenewCertificate: certificates that were exported, once ACM says that they are eligible. */
const isAskable = (detail: CertificateDetail): boolean =>
  detail.RenewalEligibility === 'ELIGIBLE' && (detail.Type === 'PRIVATE' || isExported(detail));

const isUnderWay = (error: unknown): void => {
  if (!(error instanceof RequestInProgressException)) throw error;
};
