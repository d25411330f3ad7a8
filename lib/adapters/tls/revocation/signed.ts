import { constants, verify, type X509Certificate } from 'node:crypto';

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING };

/** Signature algorithms of RFC 5758 and RFC 8017 by OID; each needs the kind of key that it is for. */
const algorithms: Record<string, { digest: string | null; keys: readonly string[]; options?: typeof pkcs1 }> = {
  '1.2.840.113549.1.1.5': { digest: 'sha1', keys: ['rsa'], options: pkcs1 },
  '1.2.840.113549.1.1.11': { digest: 'sha256', keys: ['rsa'], options: pkcs1 },
  '1.2.840.113549.1.1.12': { digest: 'sha384', keys: ['rsa'], options: pkcs1 },
  '1.2.840.113549.1.1.13': { digest: 'sha512', keys: ['rsa'], options: pkcs1 },
  '1.2.840.10045.4.1': { digest: 'sha1', keys: ['ec'] },
  '1.2.840.10045.4.3.2': { digest: 'sha256', keys: ['ec'] },
  '1.2.840.10045.4.3.3': { digest: 'sha384', keys: ['ec'] },
  '1.2.840.10045.4.3.4': { digest: 'sha512', keys: ['ec'] },
  '1.3.101.112': { digest: null, keys: ['ed25519'] },
};

/** Something signed, as DER has it. `content`: the very bytes that the signature is over. */
export type Signed = { content?: ArrayBuffer; algorithm: string; signature: ArrayBuffer };

export const isSignedBy = ({ content, algorithm, signature }: Signed, signer: X509Certificate): boolean => {
  const found = algorithms[algorithm];
  const { publicKey } = signer;
  if (!found || !content || !found.keys.includes(publicKey.asymmetricKeyType ?? '')) return false;
  const key = { key: publicKey, ...found.options };
  return verify(found.digest, Buffer.from(content), key, Buffer.from(signature));
};

/** `candidate` is the certificate that issued `issued`: by name and by signature. */
export const isIssuedBy = (issued: X509Certificate, candidate: X509Certificate): boolean =>
  issued.checkIssued(candidate) && issued.verify(candidate.publicKey);

/** Hexadecimal without the zeros that only keep a number positive. */
export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');
export const serialOf = (number: ArrayBuffer): string => plainSerial(Buffer.from(number).toString('hex'));
