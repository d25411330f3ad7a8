import { webcrypto } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import * as v from 'valibot';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { type Identity, issue, newKeys } from './issue.ts';

/** As it lies on disk: DER and PKCS #8 in base64. Only its owner can read the file. */
const Kept = v.object({ certificate: v.string(), privateKey: v.string() });
type Kept = v.InferOutput<typeof Kept>;
const Authority = v.object({ root: Kept, intermediate: Kept });

/** Who issues for the twin. `root` is what its checks trust. */
export type Authority = { root: Identity; intermediate: Identity };

export const organization = 'Evenkeel Twin';
const dayMs = 86_400_000;
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };

/** The authority of a world: the same one each time, made when it is first asked for. */
export const authorityOf = async (stateDir: string): Promise<Authority> => {
  const file = paths.certificates(stateDir, 'authority.json');
  const kept = await readRecord(file, Authority);
  if (kept) return { root: await loaded(kept.root), intermediate: await loaded(kept.intermediate) };
  const made = await newAuthority();
  await writeDurably(file, { root: await stored(made.root), intermediate: await stored(made.intermediate) });
  return made;
};

const newAuthority = async (): Promise<Authority> => {
  const life = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 3650 * dayMs) };
  const wish = { authority: true, ...life };
  const root = await issue({ subject: `CN=Twin Root, O=${organization}`, keys: await newKeys('ecdsa'), ...wish });
  const intermediate = await issue({
    subject: `CN=Twin Intermediate, O=${organization}`,
    keys: await newKeys('ecdsa'),
    issuer: root,
    ...wish,
  });
  return { root, intermediate };
};

const stored = async ({ certificate, keys }: Identity): Promise<Kept> => ({
  certificate: certificate.toString('base64'),
  privateKey: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64'),
});

const loaded = async (kept: Kept): Promise<Identity> => {
  const certificate = new X509Certificate(kept.certificate);
  const { subtle } = webcrypto;
  const bytes = Buffer.from(kept.privateKey, 'base64');
  const privateKey = (await subtle.importKey('pkcs8', bytes, ecdsa, true, ['sign'])) as CryptoKey;
  const publicKey = (await subtle.importKey('spki', certificate.publicKey.rawData, ecdsa, true, [
    'verify',
  ])) as CryptoKey;
  return { certificate, keys: { kind: 'ecdsa', privateKey, publicKey } };
};
