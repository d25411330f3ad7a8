import type { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { CertificateList } from '@peculiar/asn1-x509';
import type { Revocation } from '../../../contracts/certificate.ts';
import { isSignedBy, plainSerial, serialOf } from './signed.ts';

/** A revocation list that was fetched and whose parts are at hand. */
export type Crl = {
  isFrom(issuer: X509Certificate): boolean;
  has(serial: string): boolean;
  thisUpdate: Date;
  nextUpdate?: Date;
};

/** Errors: whatever the parser says of bytes that are no list. */
export const parseCrl = (der: Uint8Array): Crl => {
  const {
    tbsCertList,
    tbsCertListRaw: content,
    signatureAlgorithm,
    signature,
  } = AsnConvert.parse(der, CertificateList);
  const serials = new Set(tbsCertList.revokedCertificates?.map(({ userCertificate }) => serialOf(userCertificate)));
  const signed = { ...(content && { content }), algorithm: signatureAlgorithm.algorithm, signature };
  const nextUpdate = tbsCertList.nextUpdate?.getTime();
  return {
    isFrom: (issuer) => isSignedBy(signed, issuer),
    has: (serial) => serials.has(plainSerial(serial)),
    thisUpdate: tbsCertList.thisUpdate.getTime(),
    ...(nextUpdate && { nextUpdate }),
  };
};

const unknown = (reason: string): Revocation => ({ state: 'unknown', by: 'crl', reason });

/** What a list says of a leaf. A list that somebody else signed (an indirect one, too) says nothing. */
export const readCrl = (crl: Crl, leaf: X509Certificate, issuer: X509Certificate | undefined): Revocation => {
  if (!issuer) return unknown('the issuer was not sent, so nothing shows who signed the revocation list');
  if (!crl.isFrom(issuer)) return unknown("the revocation list is not signed by the certificate's issuer");
  return {
    state: crl.has(leaf.serialNumber) ? 'revoked' : 'good',
    by: 'crl',
    producedAt: crl.thisUpdate.toISOString(),
    ...(crl.nextUpdate && { checkedUntil: crl.nextUpdate.toISOString() }),
  };
};
