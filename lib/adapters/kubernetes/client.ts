import { ConfigInvalid } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { type Connection, type Exchange, exchange, type Reply } from './transport.ts';

const dependency = 'Kubernetes';

export type Api = {
  /** Errors: `ConfigInvalid` when there is no such object, because the service's manifests make them all. */
  get(path: string): Promise<unknown>;
  /** Undefined when there is no such object. */
  find(path: string): Promise<unknown>;
  /** False when the object changed since `resourceVersion`, which the patch carries. */
  patch(path: string, patch: unknown): Promise<boolean>;
  /** False when there is one of that name. */
  create(path: string, object: unknown): Promise<boolean>;
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
  return {
    async get(path) {
      const { status, body } = await ask({ method: 'GET', path });
      return status < 400 ? body : notThere(path);
    },
    async find(path) {
      const { status, body } = await ask({ method: 'GET', path });
      return status === 404 ? undefined : body;
    },
    async patch(path, body) {
      const contentType = 'application/strategic-merge-patch+json';
      const { status } = await ask({ method: 'PATCH', path, contentType, body });
      return status === 404 ? notThere(path) : status !== 409;
    },
    async create(path, body) {
      const { status } = await ask({ method: 'POST', path, contentType: 'application/json', body });
      return status === 404 ? notThere(path) : status !== 409;
    },
    async remove(path) {
      await ask({ method: 'DELETE', path: `${path}?propagationPolicy=Background` });
    },
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
