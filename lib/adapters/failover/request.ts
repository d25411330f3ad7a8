import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { Side, SideAnswer } from '../../contracts/failover.ts';
import { inParallel } from '../http/in-parallel.ts';
import type { Name } from './settings.ts';

/** Enough to be quick, too few to be load. */
const atOnce = 8;
const timeoutMs = 5000;

type Addresses = Record<Side, readonly string[]>;

/**
 * Requests through a public name. Whose side answered is told by the address that the connection went to, which nobody on the way
 * can make up; an address of both sides or of none tells nothing.
 */
export const requestThrough = async ({ url, targets }: Name, requests: number, path: string): Promise<SideAnswer[]> => {
  const [primary, second] = await Promise.all([addressesOf(targets.primary), addressesOf(targets.second)]);
  return inParallel(atOnce, requests, () => request(new URL(path, url), { primary, second }));
};

const addressesOf = (host: string): Promise<string[]> =>
  lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  );

const sideOf = (address: string | undefined, { primary, second }: Addresses): { side?: Side } => {
  if (address === undefined || primary.includes(address) === second.includes(address)) return {};
  return { side: primary.includes(address) ? 'primary' : 'second' };
};

/** A connection and a look-up of its own: a kept one would ask the same side again and again. */
const request = (url: URL, addresses: Addresses): Promise<SideAnswer> => {
  const startedAt = performance.now();
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const end = (answer: Omit<SideAnswer, 'latencyMs'>) =>
      resolve({ ...answer, latencyMs: performance.now() - startedAt });
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = get(url, { agent: false, signal, headers: { 'user-agent': 'evenkeel-probe' } }, (response) => {
      const { statusCode = 0, socket } = response;
      const side = sideOf(socket.remoteAddress, addresses);
      // The whole body counts: an answer that breaks off is a lost one.
      response.on('end', () => end({ ok: statusCode >= 200 && statusCode < 300, ...side }));
      response.on('error', () => end({ ok: false }));
      response.resume();
    });
    asked.on('error', () => end({ ok: false }));
  });
};
