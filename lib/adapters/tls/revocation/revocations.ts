import { createHash, X509Certificate } from 'node:crypto';
import type { Revocation } from '../../../contracts/certificate.ts';
import { type Crl, parseCrl, readCrl } from './crl.ts';
import { crlAddresses } from './distribution-points.ts';
import { isIssuedBy } from './signed.ts';
import { readStaple } from './staple.ts';

/** Fetches a list that a certificate names; refuses where it may not go. */
export type FetchList = (url: string) => Promise<Uint8Array>;

/** More than one only says the same again. */
const mostLists = 2;

/** What is said of whether the leaf of a chain was revoked: by its staple and by its lists, each once where there is one. */
export type Revocations = (chain: readonly Buffer[], staple: Buffer | undefined) => Promise<Revocation[]>;

/**
 * Each list is fetched and each leaf looked up once, however many addresses serve it. `known`: authorities that may be an
 * issuer although nobody sends them.
 */
export const revocationsOf = (fetchList: FetchList, known: readonly X509Certificate[]): Revocations => {
  const lists = new Map<string, Promise<Crl>>();
  const looked = new Map<string, Promise<Revocation[]>>();
  const listAt = (url: string): Promise<Crl> => keep(lists, url, async () => parseCrl(await fetchList(url)));
  const issuerOf = (leaf: X509Certificate, sent: readonly Buffer[]): X509Certificate | undefined =>
    [...sent.map((der) => new X509Certificate(der)), ...known].find((each) => isIssuedBy(leaf, each));

  const fromLists = async (urls: readonly string[], der: Buffer, sent: readonly Buffer[]): Promise<Revocation[]> => {
    const leaf = new X509Certificate(der);
    const issuer = issuerOf(leaf, sent);
    const read = (url: string) => listAt(url).then((crl) => readCrl(crl, leaf, issuer), failed(url));
    return Promise.all(urls.slice(0, mostLists).map(read));
  };

  return async ([der, ...sent], staple) => {
    if (!der) return [];
    const urls = addressesIn(der);
    const listed = urls.length > 0 ? await keep(looked, hashOf([der, ...sent]), () => fromLists(urls, der, sent)) : [];
    if (!staple) return listed;
    const leaf = new X509Certificate(der);
    return [readStaple(staple, leaf, issuerOf(leaf, sent), new Date()), ...listed];
  };
};

const hashOf = (chain: readonly Buffer[]): string => createHash('sha256').update(Buffer.concat(chain)).digest('base64');

const failed =
  (url: string) =>
  (error: Error): Revocation => ({
    state: 'unknown',
    by: 'crl',
    reason: `the revocation list ${url.slice(0, 200)} was not read: ${error.message.slice(0, 200)}`,
  });

/** A certificate that cannot be taken apart names no list; that it is malformed is found when it is judged. */
const addressesIn = (der: Buffer): string[] => {
  try {
    return crlAddresses(der);
  } catch {
    return [];
  }
};

const keep = <T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
  const found = kept.get(key);
  if (found) return found;
  const made = make();
  kept.set(key, made);
  return made;
};
