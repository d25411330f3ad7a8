import type { Behaviour } from './listener.ts';
import { type Listener, startListener } from './listener.ts';
import type { Issued, Site } from './sites.ts';

/** Where each host is found: by host, the port at each of its addresses. */
export type Places = Record<string, Record<string, number>>;

/** Every system has the first; where another is missing, the host has fewer addresses. */
const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '::1'] as const;
const strictTransport = 'max-age=63072000; includeSubDomains';

type ServedAt = (site: Site, address: string) => Issued;

export type Front = { places: Places; close(): Promise<void> };

/** Listeners for every site at every address. */
export const openFront = async (sites: readonly Site[], servedAt: ServedAt): Promise<Front> => {
  const places: Places = {};
  const listeners: Listener[] = [];
  for (const site of sites) {
    for (const address of addresses) {
      const listener = await startListener(
        address,
        behaviourOf(site, () => servedAt(site, address)),
      ).catch(notHere);
      if (!listener) continue;
      listeners.push(listener);
      places[site.host] = { ...places[site.host], [address]: listener.port };
    }
  }
  return {
    places,
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
};

const notHere = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
  return undefined;
};

/** The same behaviour as long as the certificate is the same, so that TLS is set up once for each. */
const behaviourOf = ({ protocol, hsts }: Site, issued: () => Issued): (() => Behaviour) => {
  const kept = new Map<string, Behaviour>();
  return () => {
    const { certificate, chain, key } = issued();
    const found = kept.get(certificate) ?? {
      protocol,
      served: [{ chain, key }],
      ...(hsts && { hsts: strictTransport }),
    };
    kept.set(certificate, found);
    return found;
  };
};
