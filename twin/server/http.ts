import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Bus, HttpRequest, HttpResponse } from '../bus/index.ts';

export interface Routes {
  /** False until the machines are up; then all but `/health` is refused, so that clients try again. */
  readonly isOpen: () => boolean;
  readonly isReady: () => boolean;
  readonly stepFunctions: RequestListener;
  readonly events: RequestListener;
  readonly bus: Pick<Bus, 'request'>;
  readonly status: () => Promise<unknown>;
}

/**
 * The AWS APIs, the HTTP routes of serverless.yml, `/health` and `/status`, for loopback alone. A page in a browser
 * cannot use it: its requests name another host, or would need a permission that is never given.
 */
export const twinServer = (routes: Routes): Server =>
  createServer((request, response) => {
    if (!isLoopback(request.headers.host)) return json(response, 403, { message: 'Only for 127.0.0.1 and localhost' });
    if (request.url === '/health') return health(routes, response);
    if (!routes.isOpen()) return json(response, 503, { message: 'The twin is starting' });
    const listener = awsApi(routes, request);
    if (listener) return listener(request, response);
    const answer = request.url === '/status' ? status(routes, response) : forward(routes, request, response);
    answer.catch((error) => json(response, 500, { message: String(error) }));
  });

const isLoopback = (host = ''): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

const awsApi = ({ stepFunctions, events }: Routes, { headers }: IncomingMessage): RequestListener | undefined => {
  const [service] = String(headers['x-amz-target'] ?? '').split('.');
  return service === 'AWSStepFunctions' ? stepFunctions : service === 'AWSEvents' ? events : undefined;
};

const health = ({ isReady }: Routes, response: ServerResponse): void =>
  isReady() ? json(response, 200, { status: 'ready' }) : json(response, 503, { status: 'starting' });

const status = async (routes: Routes, response: ServerResponse): Promise<void> =>
  json(response, 200, await routes.status());

const forward = async ({ bus }: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  send(response, await bus.request(await requestOf(request)));

const requestOf = async (request: IncomingMessage): Promise<HttpRequest> => ({
  method: request.method ?? 'GET',
  target: request.url ?? '/',
  headers: request.headers,
  body: await buffer(request),
  sourceIp: request.socket.remoteAddress ?? '',
});

const send = (response: ServerResponse, { status, headers, body }: HttpResponse): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status).end(body);
};

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
