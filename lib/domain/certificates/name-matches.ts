/** A name as a certificate has it: whole, or `*` for exactly one label at its left (RFC 9525 section 6.3). */
export const nameMatches = (name: string, host: string): boolean => {
  if (name === host) return true;
  const isWildcard = name.startsWith('*.') && !isAddress(host);
  return isWildcard && host.includes('.') && host.slice(host.indexOf('.')) === name.slice(1) && host[0] !== '.';
};

export const anyMatches = (names: readonly string[], host: string): boolean =>
  names.some((name) => nameMatches(name, host));

/** No wildcard stands for a part of an address. */
const isAddress = (host: string): boolean => host.includes(':') || /^[\d.]+$/.test(host);
