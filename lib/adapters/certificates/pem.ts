import type { Certificate } from '../../contracts/certificate.ts';
import { isUnreadable, readCertificate } from '../../domain/certificates/read-certificate.ts';

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/;

/** The first certificate of a chain in PEM, and nothing else that may stand there. `trouble`: why there is none. */
export const leafIn = (pem: string): { certificate?: Certificate; trouble?: string } => {
  const [first] = block.exec(pem) ?? [];
  if (first === undefined) return { trouble: 'no certificate is in what its source gives' };
  const read = readCertificate(derOf(first));
  return isUnreadable(read) ? { trouble: `its certificate cannot be read: ${read.unreadable}` } : { certificate: read };
};

const derOf = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
