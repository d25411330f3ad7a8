import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

/** A Kubernetes API server, the certificate authority that vouches for it, and a bearer token. */
export type Connection = { endpoint: string; ca: string; token: string };
export type Exchange = {
  method: string;
  path: string;
  contentType?: string;
  body?: unknown;
};
export type Reply = { status: number; body: unknown };

/** Milliseconds. An undo waits on these calls, so a dead connection must end well within a function's time. */
const answersWithinMs = 5000;

/**
 * One JSON exchange over TLS, checked against the cluster's own authority (docs/adr/0002-kubernetes-transport.md). A new
 * connection each time: one that was kept is dead when a frozen function wakes up.
 */
export const exchange = (
  connection: Connection,
  { method, path, contentType, body }: Exchange,
  timeoutMs = answersWithinMs,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${connection.token}`,
      ...(contentType && { 'content-type': contentType }),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(new URL(path, connection.endpoint), {
      method,
      headers,
      ca: connection.ca,
      agent: false,
      signal,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      replyOf(response).then(resolve, reject);
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });

/** Of a kind that it does not know the server says so in plain words. */
const replyOf = async (response: IncomingMessage): Promise<Reply> => {
  const read = await text(response);
  const isJson = response.headers['content-type']?.includes('json') ?? false;
  return { status: response.statusCode ?? 0, body: isJson ? JSON.parse(read) : { message: read } };
};
