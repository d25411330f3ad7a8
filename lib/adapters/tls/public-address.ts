import { BlockList, isIP } from 'node:net';

/** Ranges that lead into our own network or to nobody (RFC 6890 and its successors). */
const ranges: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** What IPv6 has beside 2000::/3, and the parts of that which lead back to IPv4 or to documents. */
const ranges6: readonly [string, number][] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** A list for each family: Node takes an IPv4 address for part of ::/3 as well. */
const listOf = (nets: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family);
  return list;
};
const closed = listOf(ranges, 'ipv4');
const closed6 = listOf(ranges6, 'ipv6');

/**
 * Rule: only a public address is gone to because somebody outside named it, be it by a redirect or in a certificate. Any
 * other could be a server of our own that trusts whoever reaches it.
 */
export const isPublic = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && !closed6.check(address, 'ipv6');
};
