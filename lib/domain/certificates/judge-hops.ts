import { type Endpoint, type EndpointReading, endpointName, type Finding } from '../../contracts/certificate.ts';
import { hostsOf } from './judge-http.ts';
import { shortened } from './shortened.ts';
import { worstOf } from './worst.ts';

const placesOn = ({ hops }: EndpointReading): Endpoint[] => hostsOf(hops).map((at) => ({ ...at, protocol: 'https' }));

/** The finding of an endpoint with whatever is wrong on the way that it leads. */
export const withHops = (finding: Finding, reading: EndpointReading, hops: readonly Finding[]): Finding => {
  const names = placesOn(reading).map(endpointName);
  const wrong = hops
    .filter(({ subject, health }) => names.includes(subject) && health !== 'OK')
    .flatMap(({ subject, reasons }) =>
      reasons
        .filter(({ health }) => health !== 'OK')
        .map((reason) => ({ ...reason, says: `its redirect leads over ${subject}: ${reason.says}` })),
    );
  if (wrong.length === 0) return finding;
  const reasons = shortened([...finding.reasons, ...wrong]);
  return { ...finding, health: worstOf(reasons), reasons };
};
