import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { type EndpointReading, endpointName } from '../../contracts/certificate.ts';
import type { Handshakes } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { overAll } from '../http/in-parallel.ts';
import { once } from '../once.ts';
import { dialed } from './dial.ts';
import { visit } from './endpoint.ts';
import { follow } from './hops.ts';
import { dnsResolve } from './resolve.ts';
import { newRun, type ProbeOptions } from './run.ts';
import { handshakeSettings } from './settings.ts';

/**
 * After the readings of the endpoints that were asked for, in their order, come those of the hosts that their redirects lead
 * to.
 */
export const handshakesOver = (options: ProbeOptions): Handshakes => {
  const anchors = once(() => [...defaultAnchors(), ...options.extraAnchors].map((each) => each.raw.toString('base64')));
  return {
    anchors: async () => anchors(),
    async probe(endpoints, deadline) {
      const run = newRun(options, endpoints, deadline);
      const followed = await overAll(options.atOnce, endpoints, async (endpoint) =>
        follow(run, await visit(run, endpoint, await run.resolve(endpoint.host))),
      );
      return [...followed.map(({ reading }) => reading), ...eachOnce(followed.flatMap(({ others }) => others))];
    },
  };
};

const defaultAnchors = (): X509Certificate[] => getCACertificates('default').map((pem) => new X509Certificate(pem));

/** Many redirects may lead to the same host. */
const eachOnce = (readings: readonly EndpointReading[]): EndpointReading[] => [
  ...new Map(readings.map((reading) => [endpointName(reading.endpoint), reading])).values(),
];

/**
 * An endpoint that does not answer holds two connections for as long as one may take, so a batch of 250 that are all dead is
 * over after 20 s. One that answers holds four, for a few milliseconds each.
 */
export const bounds = { atOnce: 128, connectionMs: 5000 } as const;

export const tlsHandshakes = adapter(
  handshakeSettings,
  ({ HANDSHAKE_IPV6, HANDSHAKE_ANCHORS, HANDSHAKE_PRIVATE_HOSTS }) =>
    handshakesOver({
      resolve: dnsResolve(HANDSHAKE_IPV6 === 'on'),
      dial: dialed,
      ...bounds,
      extraAnchors: HANDSHAKE_ANCHORS,
      privateHosts: HANDSHAKE_PRIVATE_HOSTS,
    }),
);
