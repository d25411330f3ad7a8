import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { Certificate } from '../../contracts/certificate.ts';

/** What is not a certificate, and why not. Certificates come from strangers, so that is an answer and no error. */
export type Unreadable = { unreadable: string };

export const isUnreadable = (read: Certificate | Unreadable): read is Unreadable => 'unreadable' in read;

/** The public part of a certificate from its DER. */
export const readCertificate = (der: Uint8Array): Certificate | Unreadable => {
  try {
    return certificateOf(new X509Certificate(der));
  } catch (error) {
    return { unreadable: (error as Error).message };
  }
};

const certificateOf = (x509: X509Certificate): Certificate => ({
  fingerprint: createHash('sha256').update(x509.raw).digest('hex'),
  subject: inOneLine(x509.subject),
  names: namesIn(x509.subjectAltName ?? ''),
  issuer: inOneLine(x509.issuer),
  serial: x509.serialNumber.toLowerCase(),
  notBefore: instantOf(x509.validFrom),
  notAfter: instantOf(x509.validTo),
  key: keyOf(x509),
  signature: x509.signatureAlgorithm ?? x509.signatureAlgorithmOid,
  authority: x509.ca,
});

/** From the text: where a certificate has no valid date there, `validFromDate` has whatever was in memory. */
const instantOf = (text: string): string => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Error(`validity: "${text}" is no date`);
  return date.toISOString();
};

/** Node gives a line for each part, and nothing for an empty name. */
const inOneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ');

const part = /(?:"(?:[^"\\]|\\.)*"|[^",])+/g;
const nameIn = /^ ?(?:DNS|IP Address):(.*)$/s;

/** DNS names and addresses. Node puts a value with anything odd in it between quotes, as JSON. */
const namesIn = (text: string): string[] =>
  (text.match(part) ?? []).flatMap((entry) => {
    const value = nameIn.exec(entry)?.[1];
    if (value === undefined) return [];
    return [(value.startsWith('"') ? String(JSON.parse(value)) : value).toLowerCase()];
  });

const curveBits: Record<string, number> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

const keyOf = (x509: X509Certificate): Certificate['key'] => {
  const key = publicKeyIn(x509);
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  if (key?.asymmetricKeyType === 'ec') return { kind: 'ecdsa', bits: curveBits[namedCurve ?? ''] ?? 0 };
  const kind = key?.asymmetricKeyType?.startsWith('rsa') ? 'rsa' : 'other';
  return { kind, bits: modulusLength ?? 0 };
};

/** A key of a kind that OpenSSL does not know spoils nothing else. */
const publicKeyIn = (x509: X509Certificate): KeyObject | undefined => {
  try {
    return x509.publicKey;
  } catch {
    return undefined;
  }
};
