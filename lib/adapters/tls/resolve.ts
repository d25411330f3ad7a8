import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** `unresolved`: why a name led nowhere, or why only a part of its addresses is known. */
export type Resolved = { addresses: string[]; unresolved?: string };
export type Resolve = (host: string) => Promise<Resolved>;

/** More than any endpoint has; who says otherwise is not followed without end. */
const mostAddresses = 32;
const answersWithinMs = 2000;
const tries = 2;
/** The name has no address of that kind, which is no failure. */
const none = new Set(['ENODATA', 'ENOTFOUND']);

type Asked = { addresses: string[]; problem?: string };

/** Asks the name server for A, and for AAAA where IPv6 can be reached. An address is its own answer. */
export const dnsResolve = (ipv6: boolean): Resolve => {
  const resolver = new Resolver({ timeout: answersWithinMs, tries });
  const ask = (kind: string, answer: Promise<string[]>): Promise<Asked> =>
    answer.then(
      (addresses) => ({ addresses }),
      ({ code }: NodeJS.ErrnoException) =>
        none.has(code ?? '') ? { addresses: [] } : { addresses: [], problem: `${kind}: ${code}` },
    );
  return async (host) => {
    if (isIP(host)) return { addresses: [host] };
    const kinds = [ask('A', resolver.resolve4(host)), ...(ipv6 ? [ask('AAAA', resolver.resolve6(host))] : [])];
    return together(await Promise.all(kinds));
  };
};

const together = (asked: readonly Asked[]): Resolved => {
  const all = [...new Set(asked.flatMap(({ addresses }) => addresses))];
  const problems = asked.flatMap(({ problem }) => problem ?? []);
  if (all.length === 0 && problems.length === 0) problems.push('the name has no address');
  if (all.length > mostAddresses) problems.push(`${all.length} addresses, of which only ${mostAddresses} are asked`);
  return {
    addresses: all.slice(0, mostAddresses),
    ...(problems.length > 0 && { unresolved: problems.join('; ') }),
  };
};
