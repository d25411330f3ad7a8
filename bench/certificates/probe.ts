import { dialed } from '../../lib/adapters/tls/dial.ts';
import { bounds, handshakesOver } from '../../lib/adapters/tls/handshakes.ts';
import type { Endpoint, EndpointReading } from '../../lib/contracts/certificate.ts';
import { fromMs } from '../../lib/contracts/instant.ts';

/* Probes so many endpoints in a process of its own. Usage: node probe.ts <endpoints> '<listeners as JSON>' */
const [, , count = '', listeners = ''] = process.argv;
const places: Pick<Endpoint, 'host' | 'port'>[] = JSON.parse(listeners);
const endpoints = Array.from({ length: Number(count) }, (_, index): Endpoint => {
  const place = places[index % places.length];
  if (!place) throw new Error('there are no listeners');
  return { ...place, protocol: 'tls' };
});
/** Both chains were read and both old versions refused. */
const isWhole = ({ handshakes, oldVersions }: EndpointReading): boolean =>
  handshakes.filter(({ state }) => state === 'served').length === 2 &&
  oldVersions.filter(({ answer }) => answer === 'refused').length === 2;
const port = handshakesOver({
  resolve: async () => ({ addresses: ['127.0.0.1'] }),
  dial: dialed,
  ...bounds,
  extraAnchors: [],
  privateHosts: [],
});
/** As many as one function asks in one call. */
const batchSize = 250;
const startedAt = performance.now();
let seen = 0;
for (let first = 0; first < endpoints.length; first += batchSize) {
  const readings = await port.probe(endpoints.slice(first, first + batchSize), fromMs(Date.now() + 600_000));
  seen += readings.filter(isWhole).length;
}
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage();
const mostMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ endpoints: endpoints.length, seen, seconds, cpu, mostMb }));
