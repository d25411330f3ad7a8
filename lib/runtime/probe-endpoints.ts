import { type Endpoint, type EndpointReading, endpointName, type Finding } from '../contracts/certificate.ts';
import type { CertificateSection } from '../contracts/certificate-policy.ts';
import { plusSeconds } from '../contracts/instant.ts';
import { Anchors } from '../domain/certificates/anchors.ts';
import type { Intended } from '../domain/certificates/intended.ts';
import { judgeEndpoint, type Standard } from '../domain/certificates/judge-endpoint.ts';
import { withHops } from '../domain/certificates/judge-hops.ts';
import type { Needs } from '../ports/index.ts';

type ProbeNeeds = Needs<'handshakes' | 'clock'>;

/** What is to be looked at, and by what it is judged. `issued`: none when only the chain itself is judged. */
export type Place = Pick<Intended, 'endpoint' | 'issued'>;

/** Left for judging what was seen. */
const spareSeconds = 3;

/**
 * Asks each place, and each host that its redirects lead over, and judges what was seen. Readings stay here; only findings leave.
 */
export const probeEndpoints = async (
  ports: ProbeNeeds,
  places: readonly Place[],
  section: CertificateSection,
  remainingMs: number,
): Promise<Finding[]> => {
  const { handshakes, clock } = ports;
  const deadline = plusSeconds(clock.now(), secondsToProbe(section, remainingMs));
  const anchors = new Anchors(await handshakes.anchors());
  const readings = await handshakes.probe(
    places.map(({ endpoint }) => endpoint),
    deadline,
  );
  // Where a redirect leads is asked by the port, which knows where it may not knock. A stranger's issuer is no matter of ours.
  const onTheWay = readings.slice(places.length);
  const hopFindings = onTheWay.map((reading) =>
    judgeEndpoint(reading, { policy: section.policy, anchors, issued: [], meant: {} }),
  );
  return readings
    .slice(0, places.length)
    .map((reading, index) =>
      withHops(judgeEndpoint(reading, standardFor(reading, places[index], section, anchors)), reading, hopFindings),
    );
};

const secondsToProbe = ({ policy }: CertificateSection, remainingMs: number): number =>
  Math.max(1, Math.min(policy.probeSeconds, remainingMs / 1000 - spareSeconds));

const standardFor = (
  { endpoint }: EndpointReading,
  place: Place | undefined,
  { policy, issuers, endpoints }: CertificateSection,
  anchors: Anchors,
): Standard => ({ policy, issuers, anchors, issued: place?.issued ?? [], meant: meantAt(endpoint, endpoints) });

const meantAt = (endpoint: Endpoint, endpoints: CertificateSection['endpoints']): Standard['meant'] =>
  endpoints.find((one) => endpointName(one) === endpointName(endpoint)) ?? {};
