import * as v from 'valibot';
import { type Endpoint, type EndpointReading, type Hop, HostName } from '../../contracts/certificate.ts';
import { type Visit, visit } from './endpoint.ts';
import type { Run } from './run.ts';

const mostHops = 5;
const longestUrl = 500;

/** `reading` with its hops, and what was read of the hops' own endpoints. */
export type Followed = { reading: EndpointReading; others: EndpointReading[] };

/**
 * Goes where https redirects lead, a few hops and never in a circle. Each hop's endpoint is read as if it had been asked for,
 * but one at a private address that the catalog does not name is not: who controls a redirect would else make us knock there.
 */
export const follow = async (run: Run, first: Visit): Promise<Followed> => {
  const { host, port } = first.reading.endpoint;
  const hops: Hop[] = [];
  const others: EndpointReading[] = [];
  let from = new URL(`https://${host}:${port}/`);
  let current: Visit = first;
  while (hops.length < mostHops && isRedirect(current)) {
    const to = parsed(current.leadsTo, from);
    hops.push({ from: plain(from), status: current.status ?? 0, ...(to && { to: plain(to) }) });
    const endpoint = to && endpointOf(to);
    if (!endpoint || hops.slice(0, -1).some((hop) => hop.from === plain(to))) break;
    current = await visit(run, endpoint, await run.resolveHop(endpoint), `${to.pathname}${to.search}`);
    if (!run.isAsked(endpoint)) others.push(current.reading);
    from = to;
  }
  return { reading: { ...first.reading, hops }, others };
};

const isRedirect = ({ status = 0, leadsTo }: Visit): boolean => status >= 300 && status < 400 && leadsTo !== undefined;

const parsed = (location: string | undefined, base: URL): URL | undefined =>
  location !== undefined && URL.canParse(location, base) ? new URL(location, base) : undefined;

/** What may be told: who follows a redirect may have been handed a secret in its query or its user. */
const plain = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`.slice(0, longestUrl);

/** Only https has a certificate to look at. */
const endpointOf = ({ protocol, hostname, port }: URL): Endpoint | undefined =>
  protocol === 'https:' && v.is(HostName, hostname)
    ? { host: hostname, port: Number(port || 443), protocol: 'https' }
    : undefined;
