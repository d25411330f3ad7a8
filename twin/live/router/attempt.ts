import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { loopback } from '../process/http.ts';
import { forwardable, hasBody } from './headers.ts';

const podAnswersWithinMs = 30_000;

/** `unsent`: the pod cannot have seen the request, so another try cannot do its work twice. */
export type Attempt = { incoming: IncomingMessage } | { unsent: true } | { failed: 'broken' | 'late' };

/**
 * Sends the request to one pod. Without a body it may use a kept connection; one with a body gets a new connection,
 * because a kept one that dies under it would leave open whether the pod acted.
 */
export const tryPod = (
  request: IncomingMessage,
  port: number,
  keptConnections: Agent | false,
  onStart: (outgoing: ClientRequest) => void,
): Promise<Attempt> =>
  new Promise((resolve) => {
    const body = hasBody(request);
    const outgoing = httpRequest({
      host: loopback,
      port,
      method: request.method,
      path: request.url,
      headers: forwardable(request) as never,
      agent: body ? false : keptConnections,
      timeout: podAnswersWithinMs,
    });
    onStart(outgoing);
    let connected = false;
    let late = false;
    outgoing.once('socket', (socket) => {
      connected = !socket.connecting;
      if (connected) return;
      socket.once('connect', () => {
        connected = true;
        if (body) request.pipe(outgoing);
      });
    });
    outgoing.once('timeout', () => {
      late = true;
      outgoing.destroy();
    });
    outgoing.once('response', (incoming) => resolve({ incoming }));
    outgoing.on('error', () => {
      const lostKept = outgoing.reusedSocket && isIdempotent(request.method);
      if (late) resolve({ failed: 'late' });
      else resolve(!connected || lostKept ? { unsent: true } : { failed: 'broken' });
    });
    if (!body) outgoing.end();
  });

/** RFC 9110, 9.2.2: only these may be sent again by themselves, when a kept connection turns out to be closed. */
const isIdempotent = (method = 'GET'): boolean => ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'].includes(method);
