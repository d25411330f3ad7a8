import type { EndpointReading, Hop, Reason } from '../../contracts/certificate.ts';
import type { WatchedEndpoint } from '../../contracts/certificate-policy.ts';
import { at, bad, cut, ok, unknown } from './say.ts';

type Meant = Partial<Pick<WatchedEndpoint, 'hsts' | 'redirects'>>;

/** Strict-Transport-Security where it is wanted, at every address that answered. */
export const judgeHsts = ({ hsts, addresses }: Pick<EndpointReading, 'hsts' | 'addresses'>, meant: Meant): Reason[] => {
  if (!meant.hsts) return [];
  const unread = addresses.filter((address) => !hsts.some((one) => one.address === address));
  return [
    ...unread.flatMap((address) => at(address, [unknown('hsts', 'Strict-Transport-Security could not be read')])),
    ...hsts.flatMap(({ address, header }) => at(address, hstsOf(header))),
  ];
};

const hstsOf = (header: string | null): Reason[] => {
  const seconds = Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(header ?? '')?.[1] ?? 0);
  if (header === null) return [bad('hsts', 'Strict-Transport-Security is wanted, and is not sent')];
  return seconds > 0
    ? []
    : [bad('hsts', `Strict-Transport-Security is sent, but holds for no time: "${cut(header, 80)}"`)];
};

/** Where a redirect leads: as meant, and never back to plain text. */
export const judgeHops = (hops: readonly Hop[], { redirects }: Meant): Reason[] => {
  const targets = hops.flatMap(({ to }) => (to === undefined ? [] : [to]));
  const plain = hops.find(({ from, to }) => from.startsWith('https:') && to?.startsWith('http:'));
  if (plain)
    return [bad('redirect', `${cut(plain.from, 100)} leads to ${cut(plain.to ?? '', 100)}, which is not encrypted`)];
  if (!redirects) return [];
  if (targets.join(' ') === redirects.join(' ')) return [ok('redirect', 'redirects lead where they should')];
  return [bad('redirect', `it leads to ${routeOf(targets)}, not to ${routeOf(redirects)}`)];
};

const routeOf = (urls: readonly string[]): string => urls.map((url) => cut(url, 100)).join(', then ') || 'nowhere else';

/** Hosts that redirects lead over, each of which must serve a good certificate of its own. */
export const hostsOf = (hops: readonly Hop[]): { host: string; port: number }[] =>
  hops.flatMap(({ to }) => {
    if (!to?.startsWith('https:') || !URL.canParse(to)) return [];
    const { hostname, port } = new URL(to);
    return [{ host: hostname.toLowerCase(), port: Number(port) || 443 }];
  });
