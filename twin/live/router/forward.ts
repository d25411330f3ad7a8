import type { Agent, ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Slot } from '../../../lib/contracts/names.ts';
import { type Attempt, tryPod } from './attempt.ts';
import { forwardable } from './headers.ts';
import type { InFlight } from './in-flight.ts';
import type { Endpoint } from './route.ts';
import type { Tally } from './tally.ts';

const badGateway = 502;
const gatewayTimeout = 504;
const serverFault = 500;

export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  slot: Slot;
  endpoints: readonly Endpoint[];
};
export type Means = { tally: Tally; inFlight: InFlight; keptConnections: Agent };

/**
 * Answers one user request from one slot, and counts it once: a 5xx, a broken or a late answer is the slot's failure.
 * A user who leaves is no failure, but the time waited counts as latency, so a slot that hangs still shows.
 */
export const forward = async (means: Means, exchange: Exchange): Promise<void> => {
  const { request, response, slot } = exchange;
  const startedAt = performance.now();
  let failed = false;
  let current: ClientRequest | undefined;
  request.on('error', () => undefined);
  response.once('close', () => {
    means.tally.count(slot, performance.now() - startedAt, failed);
    if (!response.writableFinished) current?.destroy();
  });
  const attempt = await tryEach(means, exchange, (outgoing) => {
    current = outgoing;
  });
  if (response.destroyed) return;
  failed = !('incoming' in attempt) || (attempt.incoming.statusCode ?? 0) >= serverFault;
  if (!('incoming' in attempt)) return refuse(response, attempt);
  passOn(attempt.incoming, response, () => {
    failed = true;
  });
};

/** Each ready pod once, and the first once more: its kept connection may have been the only dead thing. */
const tryEach = async (
  { inFlight, keptConnections }: Means,
  { request, response, endpoints }: Exchange,
  onStart: (outgoing: ClientRequest) => void,
): Promise<Attempt> => {
  const [first] = endpoints;
  for (const [index, { port }] of (first ? [...endpoints, first] : []).entries()) {
    inFlight.enter(port);
    const attempt = await tryPod(request, port, index === 0 && keptConnections, (outgoing) => {
      outgoing.once('close', () => inFlight.leave(port));
      onStart(outgoing);
    });
    if (!('unsent' in attempt) || response.destroyed) return attempt;
  }
  return { unsent: true };
};

const refuse = (response: ServerResponse, attempt: Exclude<Attempt, { incoming: IncomingMessage }>): void => {
  const late = 'failed' in attempt && attempt.failed === 'late';
  response.writeHead(late ? gatewayTimeout : badGateway).end();
};

const passOn = (incoming: IncomingMessage, response: ServerResponse, onBroken: () => void): void => {
  response.sendDate = false;
  response.writeHead(incoming.statusCode ?? badGateway, forwardable(incoming));
  incoming.on('error', () => {
    onBroken();
    response.destroy();
  });
  incoming.pipe(response);
};
