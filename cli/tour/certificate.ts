import { randomBytes } from 'node:crypto';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import {
  certificateCheckNameOf,
  type Endpoint,
  endpointName,
  type Finding,
  type InventoryEntry,
} from '../../lib/contracts/certificate.ts';
import type { WatchedEndpoint } from '../../lib/contracts/certificate-policy.ts';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import { intendedOf } from '../../lib/domain/certificates/intended.ts';
import { probeEndpoints } from '../../lib/runtime/probe-endpoints.ts';
import { newRequestId } from '../input/request-id.ts';
import type { Outcome } from '../operations/outcome.ts';
import { twinCatalogs } from '../twin/catalog.ts';
import { worldOf } from './drill.ts';
import { awaitEndOf } from './followed.ts';
import type { Stage } from './stage.ts';

const probeMs = 10_000;

/** Where users of the service come in over TLS. */
export const watchedAt = async ({ service }: Stage): Promise<WatchedEndpoint> => {
  const { endpoints } = certificateSectionOf(await twinCatalogs.current());
  const found = endpoints.find((endpoint) => endpoint.service === service && endpoint.restart);
  if (found) return found;
  throw new DependencyUnavailable(`the catalog of the twin names no endpoint of ${service}`, { service });
};

/** Asks for a check as a person would, and waits for its end. */
export const checkCertificates = async (stage: Stage): Promise<Outcome> => {
  const plane = await stage.plane();
  const requestId = newRequestId(plane.ports.clock.now(), randomBytes(3).toString('hex'));
  await plane.events.send('CertificateCheckRequested', { requestedBy: 'tour', requestId, controls: true });
  const name = certificateCheckNameOf(requestId);
  return awaitEndOf(stage, { service: 'evenkeel', of: 'service', name, machine: 'certificate-check' });
};

/** What an act itself sees at the endpoint: a record is no proof. */
export const seeCertificate = async (stage: Stage, endpoint: Endpoint): Promise<Finding> => {
  const { inventory, handshakes, clock } = worldOf(stage);
  const section = certificateSectionOf(await twinCatalogs.current());
  const entries = (await inventory.read()).flatMap((one): InventoryEntry[] =>
    one.state === 'read' ? one.entries : [],
  );
  const place = intendedOf(entries).get(endpointName(endpoint)) ?? { endpoint, issued: [] };
  const [finding] = await probeEndpoints({ handshakes, clock }, [place], section, probeMs);
  if (finding) return finding;
  throw new DependencyUnavailable(`nothing was seen of ${endpointName(endpoint)}`);
};

/** Addresses that are BAD, each once. */
export const badAddresses = ({ reasons }: Finding): string[] => [
  ...new Set(reasons.flatMap(({ health, address }) => (health === 'BAD' && address !== undefined ? [address] : []))),
];

/** One certificate at every address, good, and another than before. */
export const rotatedProblems = (finding: Finding, before: readonly string[], outcome: Outcome): string[] => {
  const leaves = [...new Set(finding.served.map(({ leaf }) => leaf))];
  const old = leaves.filter((leaf) => before.includes(leaf));
  const wrong = finding.reasons.filter(({ health }) => health !== 'OK').map(({ says }) => says);
  return [
    ...(outcome.status === 'checked' ? [] : [`the check ended as ${outcome.status}: ${outcome.reason}`]),
    ...(finding.health === 'OK' ? [] : [`afterwards the endpoint is ${finding.health}: ${wrong.join('; ')}`]),
    ...(leaves.length === 1 ? [] : [`${leaves.length} certificates are served, not one`]),
    ...(old.length === 0 ? [] : ['the certificate of before is still served']),
  ];
};
