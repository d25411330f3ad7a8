import { ConfigInvalid, InputInvalid, RenewalRefused, WriteConflict } from '../../contracts/failures.ts';
import { fromMs } from '../../contracts/instant.ts';
import type { Api } from '../kubernetes/client.ts';
import { readObject } from '../kubernetes/shapes.ts';
import { pathOf } from './cluster.ts';
import { CertificateObject, type Condition } from './cluster-shapes.ts';

/** `<request>@<revision>`: what was asked for, and what was issued then. */
const requestAnnotation = 'evenkeel.dev/renewal';
type Asking = Pick<Api, 'get' | 'merge'>;

/** cert-manager writes to the same object while it works. */
const maxAttempts = 5;

/**
 * Does what `cmctl renew` does: the condition `Issuing` on the status, which cert-manager takes for an order. The same request
 * again changes nothing, whether it is under way or done. `id`: `<namespace>/<name>`.
 */
export const renewInCluster =
  (api: Asking, now: () => number) =>
  async (id: string, requestId: string): Promise<'requested'> => {
    const path = pathIn(id);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1)
      if (await ask(api, path, requestId, now())) return 'requested';
    throw new WriteConflict(`Kubernetes: ${path} changed ${maxAttempts} times while it was to be written`, { path });
  };

const pathIn = (id: string): string => {
  const [, namespace, name] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(id) ?? [];
  if (namespace && name) return pathOf(namespace, name);
  throw new InputInvalid(`entry: expected cert-manager:<namespace>/<name>, got ${id}`, { id });
};

/** One step; false when somebody else wrote in between. First the request is noted, so that it is known when it was done. */
const ask = async (api: Asking, path: string, requestId: string, nowMs: number): Promise<boolean> => {
  const object = await certificateAt(api, path);
  const { metadata, status } = object;
  if (isIssuing(object)) return true;
  const [noted, revision] = (metadata.annotations[requestAnnotation] ?? '').split('@');
  if (noted !== requestId) {
    const annotations = { [requestAnnotation]: `${requestId}@${status.revision ?? 0}` };
    await api.merge(path, { metadata: { resourceVersion: metadata.resourceVersion, annotations } });
    return false;
  }
  if ((status.revision ?? 0) > Number(revision)) return true;
  const conditions = [...status.conditions.filter(({ type }) => type !== 'Issuing'), ordered(object, nowMs)];
  const patch = { metadata: { resourceVersion: metadata.resourceVersion }, status: { conditions } };
  return api.merge(`${path}/status`, patch);
};

const certificateAt = async (api: Asking, path: string): Promise<CertificateObject> => {
  const found = await api.get(path).catch((error: unknown) => {
    if (!(error instanceof ConfigInvalid)) throw error;
    throw new RenewalRefused(`${path}: the cluster does not have it any more`, { path }, { cause: error });
  });
  return readObject(CertificateObject, path, found);
};

const isIssuing = ({ status }: CertificateObject): boolean =>
  status.conditions.some(({ type, status: met }) => type === 'Issuing' && met === 'True');

/** As cmctl writes it. Kubernetes knows no fractions of a second here. */
const ordered = ({ metadata }: CertificateObject, nowMs: number): Condition => ({
  type: 'Issuing',
  status: 'True',
  reason: 'ManuallyTriggered',
  message: 'Certificate re-issuance manually triggered',
  observedGeneration: metadata.generation,
  lastTransitionTime: fromMs(nowMs).replace(/\.\d+/, ''),
});
