import { createHash, webcrypto } from 'node:crypto';
import {
  BasicOCSPResponse,
  CertID,
  CertStatus,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import { X509CrlGenerator } from '@peculiar/x509';
import type { Identity } from './issue.ts';

const sha1 = '1.3.14.3.2.26';
const signatures = {
  ecdsa: { oid: '1.2.840.10045.4.3.2', algorithm: { name: 'ECDSA', hash: 'SHA-256' } },
  rsa: { oid: '1.2.840.113549.1.1.11', algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
} as const;

export type StapleWish = {
  leaf: Identity;
  issuer: Identity;
  /** Who signs in the issuer's place; its certificate is sent along. */
  delegate?: Identity;
  revoked?: boolean;
  thisUpdate: Date;
  nextUpdate: Date;
};

/** An OCSP response (RFC 6960) as a server staples it, in DER. */
export const ocspStaple = async ({
  leaf,
  issuer,
  delegate,
  revoked,
  thisUpdate,
  nextUpdate,
}: StapleWish): Promise<Buffer> => {
  const signer = delegate ?? issuer;
  const { oid } = signatures[signer.keys.kind];
  const certID = await idOf(leaf, issuer);
  const certStatus = new CertStatus(
    revoked ? { revoked: new RevokedInfo({ revocationTime: thisUpdate }) } : { good: null },
  );
  const data = new ResponseData({
    responderID: new ResponderID({ byKey: new OctetString(keyHash(signer)) }),
    producedAt: thisUpdate,
    responses: [new SingleResponse({ certID, certStatus, thisUpdate, nextUpdate })],
  });
  const response = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: oid }),
    signature: await sign(signer, AsnConvert.serialize(data)),
    ...(delegate && { certs: [AsnConvert.parse(delegate.certificate.rawData, Certificate)] }),
  });
  const bytes = new ResponseBytes({
    responseType: '1.3.6.1.5.5.7.48.1.1',
    response: new OctetString(AsnConvert.serialize(response)),
  });
  const outer = new OCSPResponse({ responseStatus: OCSPResponseStatus.successful, responseBytes: bytes });
  return Buffer.from(AsnConvert.serialize(outer));
};

const idOf = async (leaf: Identity, issuer: Identity): Promise<CertID> => {
  const { tbsCertificate } = AsnConvert.parse(leaf.certificate.rawData, Certificate);
  const name = AsnConvert.serialize(tbsCertificate.issuer);
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha1, parameters: null }),
    issuerNameHash: new OctetString(createHash('sha1').update(Buffer.from(name)).digest()),
    issuerKeyHash: new OctetString(keyHash(issuer)),
    serialNumber: tbsCertificate.serialNumber,
  });
};

const keyHash = ({ certificate }: Identity): Buffer => {
  const { subjectPublicKeyInfo } = AsnConvert.parse(certificate.rawData, Certificate).tbsCertificate;
  return createHash('sha1').update(Buffer.from(subjectPublicKeyInfo.subjectPublicKey)).digest();
};

/** ECDSA comes as two numbers side by side, and X.509 wants them as a sequence. */
const sign = async ({ keys }: Identity, content: ArrayBuffer): Promise<ArrayBuffer> => {
  const raw = await webcrypto.subtle.sign(signatures[keys.kind].algorithm, keys.privateKey, content);
  return keys.kind === 'rsa' ? raw : sequenceOf(Buffer.from(raw));
};

const sequenceOf = (raw: Buffer): ArrayBuffer => {
  const half = raw.length / 2;
  const body = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x30, body.length]), body])).buffer;
};

/** Without zeros in front, but for one that keeps it positive. */
const integer = (bytes: Buffer): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
};

/** The issuer's list of certificates that it revoked, in DER. */
export const revocationList = async (
  issuer: Identity,
  revoked: readonly Identity[],
  thisUpdate: Date,
  nextUpdate: Date,
): Promise<Buffer> => {
  const list = await X509CrlGenerator.create({
    issuer: issuer.certificate.subject,
    thisUpdate,
    nextUpdate,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: signatures[issuer.keys.kind].algorithm,
    entries: revoked.map(({ certificate }) => ({ serialNumber: certificate.serialNumber, revocationDate: thisUpdate })),
  });
  return Buffer.from(list.rawData);
};
