import {
  chainPem,
  type Identity,
  issue,
  type KeyKind,
  keyPem,
  newKeys,
} from '../../../../twin/live/certificates/issue.ts';
import type { Served } from '../../../../twin/live/certificates/listener.ts';

export const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
const long = { notBefore: days(-300), notAfter: days(3000) };
const organization = 'Evenkeel Test';

const authority = async (name: string, issuer?: Identity, life = long): Promise<Identity> =>
  issue({
    subject: `CN=${name}, O=${organization}`,
    keys: await newKeys('ecdsa'),
    authority: true,
    ...(issuer && { issuer }),
    ...life,
  });

export type LeafWish = {
  host: string;
  names?: readonly string[];
  life?: { notBefore: Date; notAfter: Date };
  kind?: KeyKind;
  issuer?: Identity;
  crl?: string;
  hash?: 'SHA-256' | 'SHA-1';
};

/** Authorities for tests: a root that is trusted, and everything around it that goes wrong in the world. */
export const newPki = async () => {
  const root = await authority('Root');
  const intermediate = await authority('Intermediate', root);
  const oldRoot = await authority('Old Root', undefined, { notBefore: days(-3000), notAfter: days(-10) });
  const cross = (issuer: Identity, life: typeof long) =>
    issue({ subject: root.certificate.subject, keys: root.keys, issuer, authority: true, ...life });
  const keys = { ecdsa: await newKeys('ecdsa'), rsa: await newKeys('rsa') };

  const leaf = ({ host, names = [host], kind = 'ecdsa', issuer = intermediate, life, crl, hash }: LeafWish) =>
    issue({
      subject: `CN=${host}`,
      names,
      keys: keys[kind],
      issuer,
      ...(life ?? { notBefore: days(-10), notAfter: days(80) }),
      ...(crl && { crl }),
      ...(hash && { hash }),
    });

  return {
    root,
    intermediate,
    stranger: await authority('Stranger'),
    /** The root's own key, vouched for by an older root that is no longer good. */
    expiredCross: await cross(oldRoot, { notBefore: days(-2000), notAfter: days(-10) }),
    expiredIntermediate: await authority('Gone Intermediate', root, { notBefore: days(-400), notAfter: days(-2) }),
    sha1Intermediate: await issue({
      subject: `CN=Weak Intermediate, O=${organization}`,
      keys: await newKeys('ecdsa'),
      issuer: root,
      authority: true,
      hash: 'SHA-1',
      ...long,
    }),
    responder: await issue({
      subject: 'CN=Responder',
      keys: await newKeys('ecdsa'),
      issuer: intermediate,
      signsResponses: true,
      ...long,
    }),
    leaf,
  };
};
export type Pki = Awaited<ReturnType<typeof newPki>>;

export const serve = async (leaf: Identity, ...above: Identity[]): Promise<Served> => ({
  chain: chainPem(leaf, ...above),
  key: await keyPem(leaf.keys),
});
