import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Endpoint, endpointName } from '../../contracts/certificate.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import { type Attempt, type Dial, type Target, withConnection } from './connection.ts';
import type { KeyKind } from './contexts.ts';
import { isPublic } from './public-address.ts';
import type { Resolve, Resolved } from './resolve.ts';
import { fetchFrom } from './revocation/fetch.ts';
import { type Revocations, revocationsOf } from './revocation/revocations.ts';
import { slots } from './slots.ts';

/** How the probe is bounded, and what it may go to. */
export type ProbeOptions = {
  resolve: Resolve;
  dial: Dial;
  /** Connections at the same time. */
  atOnce: number;
  /** One connection, from its first packet to its last. */
  connectionMs: number;
  /** Roots beside those of the runtime. */
  extraAnchors: readonly X509Certificate[];
  /** Hosts of lists of revoked certificates that may have a private address. */
  privateHosts: readonly string[];
};

/** What all endpoints of one call share: the bounds, the names that were asked for, and what was found on the way. */
export type Run = {
  resolve(host: string): Promise<Resolved>;
  /** Like `resolve`, for an endpoint that a redirect named: see `isPublic`. */
  resolveHop(endpoint: Endpoint): Promise<Resolved>;
  attempt<T>(target: Target, use: (socket: Socket) => Promise<T>): Promise<Attempt<T>>;
  revocations: Revocations;
  /** A certificate in base64: one text for each, however often it is sent, because intermediates are the same everywhere. */
  textOf(der: Buffer): string;
  keyKindOf(chain: readonly Buffer[]): KeyKind;
  isAsked(endpoint: Endpoint): boolean;
};

export const newRun = (options: ProbeOptions, endpoints: readonly Endpoint[], deadline: Instant): Run => {
  const { resolve, dial, atOnce, connectionMs, extraAnchors, privateHosts } = options;
  const until = toMs(deadline);
  const inSlot = slots(atOnce);
  const names = new Set(endpoints.map(endpointName));
  const hosts = new Set(privateHosts);
  const kept = new Map<string, Promise<Resolved>>();
  const texts = new Map<string, string>();
  const textOf = (der: Buffer): string => {
    const text = der.toString('base64');
    const found = texts.get(text);
    if (found === undefined) texts.set(text, text);
    return found ?? text;
  };
  const resolveOnce = (host: string): Promise<Resolved> => {
    const answer = kept.get(host) ?? withinTime(resolve(host), until);
    kept.set(host, answer);
    return answer;
  };
  return {
    resolve: resolveOnce,
    resolveHop: async (endpoint) => strangers(await resolveOnce(endpoint.host), names.has(endpointName(endpoint))),
    attempt: (target, use) =>
      inSlot(() => withConnection(target, { dial, limitMs: Math.min(connectionMs, until - Date.now()) }, use)),
    revocations: revocationsOf(
      (url) => fetchList(new URL(url), async (host) => strangers(await resolveOnce(host), hosts.has(host))),
      extraAnchors,
    ),
    textOf,
    keyKindOf: ([leaf]) =>
      leaf && new X509Certificate(leaf).publicKey.asymmetricKeyType?.startsWith('rsa') ? 'rsa' : 'ecdsa',
    isAsked: (endpoint) => names.has(endpointName(endpoint)),
  };
};

/** All or nothing: a name with one private address is a way in. */
const strangers = (resolved: Resolved, isNamed: boolean): Resolved => {
  const hidden = isNamed ? undefined : resolved.addresses.find((address) => !isPublic(address));
  if (!hidden) return resolved;
  return {
    addresses: [],
    unresolved: `not asked: ${hidden} is not a public address, and nobody here named it`,
  };
};

const fetchList = async (url: URL, resolve: Resolve): Promise<Buffer> => {
  const { addresses, unresolved } = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
  const [address] = addresses;
  if (address === undefined) throw new Error(unresolved ?? 'its host has no address');
  return fetchFrom(url, address);
};

/** A name server that is slow must not hold everything up. */
const withinTime = (answer: Promise<Resolved>, until: number): Promise<Resolved> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Resolved>((resolve) => {
    const unresolved = 'the name was not resolved in time';
    timer = setTimeout(() => resolve({ addresses: [], unresolved }), Math.max(0, until - Date.now()));
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
};
