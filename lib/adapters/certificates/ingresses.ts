import type { InventoryEntry } from '../../contracts/certificate.ts';
import { acmIdOf } from './acm.ts';
import { certificateIdOf } from './cert-manager.ts';
import type { CertificateObject, IngressObject } from './cluster-shapes.ts';
import { endpointsFor } from './endpoints.ts';

const certificateArns = 'alb.ingress.kubernetes.io/certificate-arn';
const listenPorts = 'alb.ingress.kubernetes.io/listen-ports';
const httpsPort = 443;

/** Who makes which Secret, by `namespace/name`. */
export type Makers = ReadonlyMap<string, string>;

export const makersOf = (certificates: readonly CertificateObject[]): Makers =>
  new Map(
    certificates.map(({ metadata: { namespace, name }, spec }) => [
      `${namespace}/${spec.secretName}`,
      certificateIdOf(namespace, name),
    ]),
  );

/** Hosts and Secrets of the `tls` section, and for a load balancer of AWS its hosts, its ports and its certificates. */
export const ingressEntry = (ingress: IngressObject, makers: Makers): InventoryEntry => {
  const { namespace, name, annotations } = ingress.metadata;
  const ports = httpsPortsIn(annotations[listenPorts]);
  const isAws = ports.length > 0 || annotations[certificateArns] !== undefined;
  const hosts = lower([...tlsHostsOf(ingress), ...(isAws ? ruleHostsOf(ingress) : [])]);
  const onPorts = ports.length > 0 ? ports : [httpsPort];
  return {
    id: `ingress:${namespace}/${name}`,
    source: 'ingress',
    names: hosts,
    renewer: 'unknown',
    uses: [
      ...secretsOf(ingress).map(({ id }) => makers.get(id) ?? `secret:${id}`),
      ...arnsIn(annotations).map(acmIdOf),
    ],
    endpoints: onPorts.flatMap((port) => endpointsFor(hosts, port, 'https')),
  };
};

/**
 * Secrets that ingresses serve and that no Certificate makes: somebody put them there by hand. They are known by their names
 * alone, for to read one is to read its private key; what they hold is seen where it is served.
 */
export const secretEntries = (ingresses: readonly IngressObject[], makers: Makers): InventoryEntry[] => {
  const byHand = new Map<string, string[]>();
  for (const { id, hosts } of ingresses.flatMap(secretsOf))
    if (!makers.has(id)) byHand.set(id, lower([...(byHand.get(id) ?? []), ...hosts]));
  return [...byHand].map(([id, names]) => ({
    id: `secret:${id}`,
    source: 'secret',
    names,
    renewer: 'imported',
    uses: [],
    endpoints: endpointsFor(names, httpsPort, 'https'),
  }));
};

const secretsOf = ({ metadata, spec }: IngressObject) =>
  spec.tls.flatMap(({ secretName, hosts }) =>
    secretName === undefined ? [] : [{ id: `${metadata.namespace}/${secretName}`, hosts }],
  );

const tlsHostsOf = ({ spec }: IngressObject): string[] => spec.tls.flatMap(({ hosts }) => hosts);
const ruleHostsOf = ({ spec }: IngressObject): string[] => spec.rules.flatMap(({ host }) => host ?? []);
const lower = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.toLowerCase()))];

const arnsIn = (annotations: Record<string, string>): string[] =>
  (annotations[certificateArns] ?? '')
    .split(',')
    .map((arn) => arn.trim())
    .filter((arn) => arn !== '');

/** As `[{"HTTP": 80}, {"HTTPS": 443}]`. */
const httpsPortsIn = (annotation = ''): number[] =>
  [...annotation.matchAll(/"HTTPS"\s*:\s*(\d{1,5})/g)].map(([, port]) => Number(port));
