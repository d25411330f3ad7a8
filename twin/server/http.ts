import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import * as v from 'valibot';
import { problemsOf } from '../../lib/runtime/problems.ts';
import type { Bus, HttpRequest, HttpResponse } from '../bus/index.ts';

export interface Routes {
  /** False until the machines are up; then all but `/health` is refused, so that clients try again. */
  readonly isOpen: () => boolean;
  readonly isReady: () => boolean;
  readonly stepFunctions: RequestListener;
  readonly events: RequestListener;
  readonly bus: Pick<Bus, 'request' | 'redrive'>;
  readonly status: () => Promise<unknown>;
  /** A static page by its name; undefined when there is none. */
  readonly page: (name: string) => Promise<string | undefined>;
}

/**
 * The AWS APIs, the HTTP routes of serverless.yml, `/health`, `/status`, the pages and the dead letters, for loopback alone. A page in a browser
 * cannot use it: its requests name another host, or would need a permission that is never given.
 */
export const twinServer = (routes: Routes): Server =>
  createServer((request, response) => {
    if (!isLoopback(request.headers.host)) return json(response, 403, { message: 'Only for 127.0.0.1 and localhost' });
    if (request.url === '/health') return health(routes, response);
    if (!routes.isOpen()) return json(response, 503, { message: 'The twin is starting' });
    const listener = awsApi(routes, request);
    if (listener) return listener(request, response);
    const answer = own[`${request.method} ${request.url}`] ?? (isPage(request) ? page : forward);
    answer(routes, request, response).catch((error) => json(response, 500, { message: String(error) }));
  });

const isLoopback = (host = ''): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

const awsApi = ({ stepFunctions, events }: Routes, { headers }: IncomingMessage): RequestListener | undefined => {
  const [service] = String(headers['x-amz-target'] ?? '').split('.');
  return service === 'AWSStepFunctions' ? stepFunctions : service === 'AWSEvents' ? events : undefined;
};

const health = ({ isReady }: Routes, response: ServerResponse): void =>
  isReady() ? json(response, 200, { status: 'ready' }) : json(response, 503, { status: 'starting' });

type Answer = (routes: Routes, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const forward: Answer = async ({ bus }, request, response) =>
  send(response, await bus.request(await requestOf(request)));

const Redrive = v.strictObject({ ids: v.optional(v.array(v.number())) });

/** What a queue's console does: `{"ids": [1]}` sends those dead letters again, `{}` all of them. */
const redrive: Answer = async ({ bus }, request, response) => {
  // A browser asks before it sends JSON to another site, and is not answered; a plain form it would just send.
  if (request.headers['content-type'] !== 'application/json') return json(response, 415, { message: 'Send JSON' });
  const wish = v.safeParse(v.pipe(v.string(), v.parseJson(), Redrive), await text(request));
  if (!wish.success) return json(response, 400, { message: problemsOf(wish.issues).join('; ') });
  json(response, 200, { redriven: bus.redrive(wish.output.ids) });
};

const pagesPath = '/pages/';
const isPage = ({ method, url = '' }: IncomingMessage): boolean => method === 'GET' && url.startsWith(pagesPath);

/** What lies in a bucket on AWS. */
const page: Answer = async (routes, { url = '' }, response) => {
  const name = url.slice(pagesPath.length);
  const content = await routes.page(name);
  if (content === undefined) return json(response, 404, { message: `no page ${name}` });
  const type = name.endsWith('.html') ? 'text/html' : 'application/json';
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content);
};

/** The twin's own paths; all others are those of serverless.yml. */
const own: Readonly<Record<string, Answer>> = {
  'GET /status': async ({ status }, _request, response) => json(response, 200, await status()),
  'POST /dead-letters/redrive': redrive,
};

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
