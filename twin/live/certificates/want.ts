import type { CertificateSection } from '../../../lib/contracts/certificate-policy.ts';
import { writeDurably } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import type { Site } from './sites.ts';

/** What the catalog names is what the twin serves; written before the process starts that does so. */
export const wantSites = async (stateDir: string, section: CertificateSection): Promise<void> => {
  const { endpoints, controls } = section;
  const sites: Site[] = [
    ...endpoints.map(({ host, port, protocol, service, restart, hsts }) => ({
      ...{ host, port, protocol, hsts },
      ...(restart && service !== undefined && { service }),
    })),
    ...(controls ? [{ ...controls.expired, hsts: false, control: 'expired' as const }] : []),
    ...(controls ? [{ ...controls.wrongChain, hsts: false, control: 'wrong-chain' as const }] : []),
  ];
  await writeDurably(paths.certificates(stateDir, 'sites.json'), sites);
  await writeDurably(paths.certificates(stateDir, 'caa.json'), zoneOf(section));
};

/** The authority of the twin may issue for every domain of the catalog, and nobody else. */
const zoneOf = ({ domains, issuers }: CertificateSection) => {
  const records = issuers.flatMap(({ caa }) => caa).map((issue) => ({ critical: 0, issue }));
  return Object.fromEntries(domains.map((domain) => [domain, records]));
};
