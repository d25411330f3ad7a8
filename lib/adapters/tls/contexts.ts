import { createSecureContext, type SecureContext } from 'node:tls';
import { once } from '../once.ts';

export type KeyKind = 'rsa' | 'ecdsa';

/**
 * What makes a server choose a certificate of one kind: suites up to TLS 1.2, signatures from 1.2 on. SHA-1 and small keys are
 * taken here (level 0), because a certificate that is not seen cannot be judged. `ecdsa` is whatever is not RSA.
 */
const rsaSignatures =
  'rsa_pss_rsae_sha256:rsa_pss_pss_sha256:rsa_pkcs1_sha256:rsa_pss_rsae_sha384:rsa_pss_pss_sha384:rsa_pkcs1_sha384:' +
  'rsa_pss_rsae_sha512:rsa_pss_pss_sha512:rsa_pkcs1_sha512:rsa_pkcs1_sha1';
const ecdsaSignatures = 'ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512:ed25519:ed448:ecdsa_sha1';
const tls13 = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256';

/** No roots: the chain is read as it was sent, and judged elsewhere. */
const context = (suites: string, sigalgs: string) =>
  once(() =>
    createSecureContext({
      ca: [],
      ciphers: `${tls13}:${suites}:!aNULL:!eNULL:@SECLEVEL=0`,
      sigalgs,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.3',
    }),
  );

const contexts = {
  rsa: context('aRSA', rsaSignatures),
  ecdsa: context('aECDSA', ecdsaSignatures),
  any: context('ALL', `${ecdsaSignatures}:${rsaSignatures}`),
} as const;

/** Made once: each costs as much as a handshake. */
export const contextFor = (kind: KeyKind | 'any'): SecureContext => contexts[kind]();
