import { ConfigInvalid } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { Page, readObject } from './shapes.ts';
import { type Connection, type Exchange, exchange, type Reply } from './transport.ts';

const dependency = 'Kubernetes';

/** All of a list come in pages of so many. */
const pageSize = 500;

export type Api = {
  /** Errors: `ConfigInvalid` when there is no such object, because the service's manifests make them all. */
  get(path: string): Promise<unknown>;
  /** Undefined when there is no such object. */
  find(path: string): Promise<unknown>;
  /** Everything of one kind. Undefined when the cluster does not know the kind. */
  list(path: string): Promise<unknown[] | undefined>;
  /** As `patch`, of a custom resource or its status: lists are replaced as a whole. */
  merge(path: string, patch: unknown): Promise<boolean>;
  /** False when the object changed since `resourceVersion`, which the patch carries. */
  patch(path: string, patch: unknown): Promise<boolean>;
  /** False when there is one of that name. */
  create(path: string, object: unknown): Promise<boolean>;
  /** Of a pod. One that is gone already is fine. Errors: `DependencyThrottled` while its disruption budget allows none. */
  evict(path: string, pod: { name: string; namespace: string }): Promise<void>;
  /** With what it made. One that is gone already is fine. */
  remove(path: string): Promise<void>;
};

export const kubernetesApi = (connect: () => Promise<Connection>): Api => {
  const ask = (request: Exchange): Promise<Reply> =>
    calling(dependency, async () => {
      const reply = await exchange(await connect(), request);
      if (reply.status < 400 || reply.status === 404 || reply.status === 409) return reply;
      throw refusal(request, reply);
    });
  const patch = async (path: string, contentType: string, body: unknown): Promise<boolean> => {
    const { status } = await ask({ method: 'PATCH', path, contentType, body });
    return status === 404 ? notThere(path) : status !== 409;
  };
  return {
    async get(path) {
      const { status, body } = await ask({ method: 'GET', path });
      return status < 400 ? body : notThere(path);
    },
    async find(path) {
      const { status, body } = await ask({ method: 'GET', path });
      return status === 404 ? undefined : body;
    },
    async create(path, body) {
      const { status } = await ask({ method: 'POST', path, contentType: 'application/json', body });
      return status === 404 ? notThere(path) : status !== 409;
    },
    async evict(path, metadata) {
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata };
      await ask({ method: 'POST', path: `${path}/eviction`, contentType: 'application/json', body });
    },
    async remove(path) {
      await ask({ method: 'DELETE', path: `${path}?propagationPolicy=Background` });
    },
    async list(path) {
      const items: unknown[] = [];
      let next: string | undefined;
      do {
        const query = `?limit=${pageSize}${next ? `&continue=${encodeURIComponent(next)}` : ''}`;
        const { status, body } = await ask({ method: 'GET', path: path + query });
        if (status === 404) return undefined;
        const page = readObject(Page, path, body);
        items.push(...page.items);
        next = page.metadata.continue;
      } while (next);
      return items;
    },
    merge: (path, body) => patch(path, 'application/merge-patch+json', body),
    patch: (path, body) => patch(path, 'application/strategic-merge-patch+json', body),
  };
};

const notThere = (path: string): never => {
  throw new ConfigInvalid(`${dependency}: ${path} does not exist; apply the service's manifests first`, { path });
};

/** In the shape of an SDK error, so that the one failure table names it. */
const refusal = ({ method, path }: Exchange, { status, body }: Reply): Error => {
  const { reason = 'Unknown', message = '' } = (body ?? {}) as { reason?: string; message?: string };
  const error = new Error(`${method} ${path}: ${status} ${message}`);
  return Object.assign(error, { name: reason, $metadata: { httpStatusCode: status } });
};
