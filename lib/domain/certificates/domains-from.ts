import type { HostName } from '../../contracts/certificate.ts';

/** A name, and the domains above it up to the one under the root. */
export const domainsFrom = (name: HostName): string[] => {
  const labels = name.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
};
