import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

export type KeyKind = 'rsa' | 'ecdsa';
export type Keys = { kind: KeyKind; privateKey: CryptoKey; publicKey: CryptoKey };

/** A certificate with the keys that it is for. */
export type Identity = { certificate: X509Certificate; keys: Keys };

const algorithms = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
} as const;

export const newKeys = async (kind: KeyKind): Promise<Keys> => {
  const { privateKey, publicKey } = (await webcrypto.subtle.generateKey(algorithms[kind], true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  return { kind, privateKey, publicKey };
};

export type Wish = {
  /** As `CN=shop.example.com, O=Evenkeel Twin`. */
  subject: string;
  keys: Keys;
  /** Whoever signs; nobody: it signs itself. */
  issuer?: Identity;
  notBefore: Date;
  notAfter: Date;
  /** DNS names of a server. An authority has none. */
  names?: readonly string[];
  authority?: boolean;
  /** Where its issuer's list of revoked certificates is. */
  crl?: string;
  /** It may sign OCSP responses for its issuer. */
  signsResponses?: boolean;
  hash?: 'SHA-256' | 'SHA-1';
};

const serverAuth = '1.3.6.1.5.5.7.3.1';
const ocspSigning = '1.3.6.1.5.5.7.3.9';

export const issue = async (wish: Wish): Promise<Identity> => {
  const { subject, keys, issuer, notBefore, notAfter, hash = 'SHA-256' } = wish;
  const signer = issuer?.keys ?? keys;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(9).toString('hex')}`,
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: { name: algorithms[signer.kind].name, hash },
    extensions: await extensionsOf(wish, signer),
  });
  return { certificate, keys };
};

const extensionsOf = async (wish: Wish, signer: Keys): Promise<Extension[]> => {
  const { names = [], authority = false, crl, signsResponses = false, keys } = wish;
  const usage = signsResponses ? [ocspSigning] : authority ? [] : [serverAuth];
  return [
    new BasicConstraintsExtension(authority, undefined, true),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ...(usage.length > 0 ? [new ExtendedKeyUsageExtension(usage)] : []),
    ...(names.length > 0
      ? [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))]
      : []),
    ...(crl ? [new CRLDistributionPointsExtension([crl])] : []),
  ];
};

/** A chain as a server wants it, the leaf first. */
export const chainPem = (...chain: readonly Identity[]): string =>
  chain.map(({ certificate }) => certificate.toString('pem')).join('\n');

export const keyPem = async ({ privateKey }: Keys): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');

export const derOf = ({ certificate }: Identity): Buffer => Buffer.from(certificate.rawData);
