import { createHash, X509Certificate } from 'node:crypto';
import { BasicOCSPResponse, OCSPResponse, OCSPResponseStatus, type SingleResponse } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import type { Revocation } from '../../../contracts/certificate.ts';
import { isIssuedBy, isSignedBy, plainSerial, serialOf } from './signed.ts';

const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const signsResponses = '1.3.6.1.5.5.7.3.9';
const digests: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
};

const unknown = (reason: string): Revocation => ({ state: 'unknown', by: 'staple', reason });

/**
 * What a stapled OCSP response (RFC 6960) says of a leaf. Only what the leaf's issuer signed, or somebody whom that issuer
 * let sign, is believed; everything else is `unknown`. `now`: of a delegated signer's own validity.
 */
export const readStaple = (
  staple: Buffer,
  leaf: X509Certificate,
  issuer: X509Certificate | undefined,
  now: Date,
): Revocation => {
  try {
    return read(staple, leaf, issuer, now);
  } catch (error) {
    return unknown(`the staple cannot be read: ${(error as Error).message.slice(0, 200)}`);
  }
};

const read = (staple: Buffer, leaf: X509Certificate, issuer: X509Certificate | undefined, now: Date): Revocation => {
  const outer = AsnConvert.parse(staple, OCSPResponse);
  if (outer.responseStatus !== OCSPResponseStatus.successful)
    return unknown(`the responder answered with status ${outer.responseStatus}`);
  if (outer.responseBytes?.responseType !== basicResponse) return unknown('the staple has no basic response');
  if (!issuer) return unknown('the issuer was not sent, so nothing shows who signed the staple');
  const response = AsnConvert.parse(outer.responseBytes.response.buffer, BasicOCSPResponse);
  if (!isAuthentic(response, issuer, now)) return unknown("the staple is not signed by the certificate's issuer");
  const answer = response.tbsResponseData.responses.find((each) => isAbout(each, leaf, issuer));
  if (!answer) return unknown('the staple is about another certificate');
  return said(answer, response.tbsResponseData.producedAt);
};

const said = ({ certStatus, nextUpdate }: SingleResponse, producedAt: Date): Revocation => {
  const times = {
    producedAt: producedAt.toISOString(),
    ...(nextUpdate && { checkedUntil: nextUpdate.toISOString() }),
  };
  if (certStatus.revoked) return { state: 'revoked', by: 'staple', ...times };
  if (certStatus.good !== undefined) return { state: 'good', by: 'staple', ...times };
  return unknown('the responder does not know the certificate');
};

const isAuthentic = (response: BasicOCSPResponse, issuer: X509Certificate, now: Date): boolean => {
  const { tbsResponseDataRaw: content, signatureAlgorithm, signature, certs = [] } = response;
  const signed = { ...(content && { content }), algorithm: signatureAlgorithm.algorithm, signature };
  if (isSignedBy(signed, issuer)) return true;
  const delegates = certs.map((each) => new X509Certificate(Buffer.from(AsnConvert.serialize(each))));
  return delegates.some((each) => maySign(each, issuer, now) && isSignedBy(signed, each));
};

/** RFC 6960 section 4.2.2.2: issued by the very authority that it answers for, and for this purpose. */
const maySign = (delegate: X509Certificate, issuer: X509Certificate, now: Date): boolean =>
  (delegate.keyUsage ?? []).includes(signsResponses) &&
  isIssuedBy(delegate, issuer) &&
  delegate.validFromDate <= now &&
  now <= delegate.validToDate;

const isAbout = ({ certID }: SingleResponse, leaf: X509Certificate, issuer: X509Certificate): boolean => {
  const digest = digests[certID.hashAlgorithm.algorithm];
  if (!digest || serialOf(certID.serialNumber) !== plainSerial(leaf.serialNumber)) return false;
  const spki = AsnConvert.parse(issuer.publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);
  const keyHash = createHash(digest).update(Buffer.from(spki.subjectPublicKey)).digest();
  return keyHash.equals(Buffer.from(certID.issuerKeyHash.buffer));
};
