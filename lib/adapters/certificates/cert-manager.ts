import * as v from 'valibot';
import type { InventoryEntry } from '../../contracts/certificate.ts';
import { toMs } from '../../contracts/instant.ts';
import { ServiceName } from '../../contracts/names.ts';
import type { CertificateObject, Condition, RequestObject } from './cluster-shapes.ts';
import { leafIn } from './pem.ts';

const nameAnnotation = 'cert-manager.io/certificate-name';
const revisionAnnotation = 'cert-manager.io/certificate-revision';
/** On a Certificate whose pods read it when they start. */
const serviceAnnotation = 'evenkeel.dev/service';

export const certificateIdOf = (namespace: string, name: string): string => `cert-manager:${namespace}/${name}`;

/**
 * Certificates of cert-manager. What was issued is taken from the request that it was issued for, where it is public: the Secret
 * beside it holds the private key too, and is never read.
 */
export const certManagerEntries = (
  certificates: readonly CertificateObject[],
  requests: readonly RequestObject[],
  nowMs: number,
): InventoryEntry[] => certificates.map((certificate) => entryOf(certificate, requests, nowMs));

const entryOf = (object: CertificateObject, requests: readonly RequestObject[], nowMs: number): InventoryEntry => {
  const { metadata, spec } = object;
  const issued = issuedFor(object, requests);
  const read: ReturnType<typeof leafIn> = issued ? leafIn(Buffer.from(issued, 'base64').toString('latin1')) : {};
  const troubles = [troubleIn(object, nowMs), read.trouble].filter((one) => one !== undefined);
  const names = [...spec.dnsNames, ...spec.ipAddresses, ...(spec.commonName ? [spec.commonName] : [])];
  const service = metadata.annotations[serviceAnnotation];
  return {
    id: certificateIdOf(metadata.namespace, metadata.name),
    source: 'cert-manager',
    names: [...new Set(names.map((name) => name.toLowerCase()))],
    renewer: 'cert-manager',
    ...(read.certificate && { certificate: read.certificate }),
    uses: [],
    endpoints: [],
    ...(v.is(ServiceName, service) && { service }),
    ...(troubles.length > 0 && { trouble: troubles.join('; ') }),
  };
};

/** The request of the revision that the Secret holds; a later one may be under way. */
const issuedFor = ({ metadata, status }: CertificateObject, requests: readonly RequestObject[]): string | undefined =>
  requests.find(
    (request) =>
      request.metadata.namespace === metadata.namespace &&
      request.metadata.annotations[nameAnnotation] === metadata.name &&
      request.metadata.annotations[revisionAnnotation] === String(status.revision) &&
      request.status.certificate !== undefined,
  )?.status.certificate;

/** `Ready` stays true while renewals fail, so what counts is what cert-manager says beside it. */
const troubleIn = ({ status }: CertificateObject, nowMs: number): string | undefined => {
  const [ready, issuing] = ['Ready', 'Issuing'].map((type) => status.conditions.find((one) => one.type === type));
  if (status.failedIssuanceAttempts > 0)
    return `${status.failedIssuanceAttempts} attempts failed, the last at ${status.lastFailureTime}: ${saidBy(issuing)}`;
  if (ready?.status !== 'True') return `not ready: ${saidBy(ready)}`;
  if (status.renewalTime && toMs(status.renewalTime) < nowMs && issuing?.status !== 'True')
    return `renewal is due since ${status.renewalTime} and not under way`;
  return undefined;
};

const saidBy = (condition: Condition | undefined): string =>
  [condition?.reason, condition?.message].filter((part) => part).join(': ') || 'no reason is given';
