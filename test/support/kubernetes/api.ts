import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { newServerIdentity } from '../certificate.ts';
import { type KubernetesObject, newObjects, type Objects } from './objects.ts';

export type Asked = { method: string; path: string; authorization: string };
type Answer = { status: number; body: unknown };

const refused = (code: number, reason: string, message: string): Answer => ({
  status: code,
  body: { kind: 'Status', status: 'Failure', code, reason, message },
});

/** Lists have a lower-case plural as their last part; objects have one part more than their list. */
const isList = (path: string): boolean => /\/(deployments|replicasets|horizontalpodautoscalers|pods)$/.test(path);

const selectorIn = (url: URL): Record<string, string> => {
  const selector = url.searchParams.get('labelSelector');
  return selector ? Object.fromEntries(selector.split(',').map((pair) => pair.split('='))) : {};
};

const created = (objects: Objects, folder: string, object: KubernetesObject): Answer => {
  const path = `${folder}/${object.metadata.name}`;
  if (objects.get(path)) return refused(409, 'AlreadyExists', `${path} already exists`);
  return { status: 201, body: objects.put(path, object) };
};

/** By a budget that keeps one pod of those with the same labels. */
const evicted = (objects: Objects, path: string): Answer => {
  const pod = objects.get(path);
  if (!pod) return refused(404, 'NotFound', `${path} not found`);
  const { app = '', slot = '' } = pod.metadata.labels ?? {};
  const ready = objects.list(path.replace(/\/[^/]+$/, ''), { app, slot }).filter(isReadyPod);
  if (isReadyPod(pod) && ready.length <= 1) return refused(429, 'TooManyRequests', 'the disruption budget allows none');
  objects.remove(path);
  return { status: 201, body: { kind: 'Status', status: 'Success' } };
};

const isReadyPod = ({ status }: KubernetesObject): boolean =>
  status.conditions.some((one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True');

const answerTo = (objects: Objects, asked: Asked, url: URL, type: string | undefined, body: unknown): Answer => {
  if (!/^Bearer k8s-aws-v1\./.test(asked.authorization)) return refused(401, 'Unauthorized', 'no token');
  if (isList(url.pathname)) return { status: 200, body: { items: objects.list(url.pathname, selectorIn(url)) } };
  if (asked.method === 'POST' && url.pathname.endsWith('/eviction'))
    return evicted(objects, url.pathname.replace('/eviction', ''));
  if (asked.method === 'POST') return created(objects, url.pathname, body as KubernetesObject);
  const object = objects.get(url.pathname);
  if (!object) return refused(404, 'NotFound', `${url.pathname} not found`);
  if (asked.method === 'GET') return { status: 200, body: object };
  if (asked.method === 'DELETE') return { status: 200, body: { status: objects.remove(url.pathname) } };
  if (type !== 'application/strategic-merge-patch+json') return refused(415, 'UnsupportedMediaType', `got ${type}`);
  const patched = objects.patch(url.pathname, object, body as KubernetesObject);
  return patched ? { status: 200, body: patched } : refused(409, 'Conflict', 'the object has been modified');
};

export type KubernetesApi = Awaited<ReturnType<typeof startKubernetesApi>>;

/**
 * An HTTPS server that answers the few calls of our adapters as a Kubernetes API server does, and remembers what
 * it was asked. `interrupt` is run before the next answer, to let another writer in or to answer something else.
 */
export const startKubernetesApi = async () => {
  const { ca, ...identity } = newServerIdentity();
  const objects = newObjects();
  const asked: Asked[] = [];
  const interruptions: ((request: Asked) => Answer | undefined)[] = [];
  const server = createServer(identity, async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, authorization: headers.authorization ?? '' };
    asked.push(one);
    const body = method === 'PATCH' || method === 'POST' ? await json(request) : undefined;
    const url = new URL(path, 'https://127.0.0.1');
    const interrupted = interruptions.shift()?.(one);
    const answer = interrupted ?? answerTo(objects, one, url, headers['content-type'], body);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca,
    objects,
    asked,
    interrupt: (...next: ((request: Asked) => Answer | undefined)[]) => interruptions.push(...next),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
