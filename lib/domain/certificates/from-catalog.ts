import { endpointName, type InventoryEntry } from '../../contracts/certificate.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';

/** The endpoints of the catalog as entries, like those of any other source. */
export const catalogEntries = ({ endpoints }: Pick<CertificateSection, 'endpoints'>): InventoryEntry[] =>
  endpoints.map(({ host, port, protocol, service, restart }) => ({
    id: `catalog:${endpointName({ host, port, protocol })}`,
    source: 'catalog',
    names: [host],
    renewer: 'unknown',
    uses: [],
    endpoints: [{ host, port, protocol }],
    ...(restart && service !== undefined && { service }),
  }));
