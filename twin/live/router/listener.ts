import { Agent, createServer } from 'node:http';
import type { ServiceName } from '../../../lib/contracts/names.ts';
import { listen } from '../process/listen.ts';
import { paths } from '../process/paths.ts';
import { appendBuckets, readBuckets } from './bucket-log.ts';
import { createChooser } from './chooser.ts';
import { forward } from './forward.ts';
import type { InFlight } from './in-flight.ts';
import type { Route } from './route.ts';
import { createTally, type Tally } from './tally.ts';

const flushEveryMs = 1000;
/** Longer than any sane client keeps an idle connection, so the client closes first and never meets a closed one. */
const keepUserMs = 75_000;

/** The public door of one service. */
export type Listener = { port: number; tally: Tally; close(): Promise<void> };

export type ListenerOptions = {
  stateDir: string;
  service: ServiceName;
  /** The port it had before. */
  port?: number;
  inFlight: InFlight;
  route(): Route;
};

export const openListener = async (options: ListenerOptions): Promise<Listener> => {
  const log = paths.buckets(options.stateDir, options.service);
  const tally = createTally(Date.now, await readBuckets(log));
  const means = { tally, inFlight: options.inFlight, keptConnections: new Agent({ keepAlive: true }) };
  const chooser = createChooser();
  const server = createServer({ keepAliveTimeout: keepUserMs }, (request, response) => {
    const route = options.route();
    const slot = chooser.slot(route);
    void forward(means, { request, response, slot, endpoints: chooser.endpoints(route, slot) });
  });
  const flushing = setInterval(() => void appendBuckets(log, tally.closed()), flushEveryMs);
  const close = async () => {
    clearInterval(flushing);
    server.close();
    server.closeAllConnections();
    means.keptConnections.destroy();
    await appendBuckets(log, tally.flushed());
  };
  return { port: await listen(server, options.port), tally, close };
};
