import { setTimeout } from 'node:timers/promises';
import type { ApiServer } from '../../../test/kubernetes/api-server.ts';
import type { Anything, KubernetesObject } from './manifests.ts';

/** An object that the API server would not take, and why. */
export type Refusal = { object: string; message: string };

type Kind = { path: string; namespaced: boolean };
export type Apply = (
  object: KubernetesObject,
  options?: { dryRun?: boolean; manager?: string },
) => Promise<Refusal | undefined>;

const establishMs = 60_000;
const definitionsFolder = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Kinds and their paths, as the server tells them. */
const discoverer = ({ admin }: ApiServer) => {
  const known = new Map<string, Promise<Map<string, Kind>>>();
  const kindsOf = async (version: string): Promise<Map<string, Kind>> => {
    const base = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
    const { resources } = (await admin('GET', base)) as Anything;
    const own = resources.filter(({ name }: Anything) => !name.includes('/'));
    return new Map(own.map(({ kind, name, namespaced }: Anything) => [kind, { path: `${base}|${name}`, namespaced }]));
  };
  return async ({ apiVersion, kind }: KubernetesObject): Promise<Kind | undefined> => {
    if (!known.has(apiVersion)) known.set(apiVersion, kindsOf(apiVersion));
    return (await known.get(apiVersion))?.get(kind);
  };
};

/** Server-side apply with strict checks of every field; tells what was refused instead of throwing. */
export const applierTo = (api: ApiServer): Apply => {
  const discover = discoverer(api);
  return async (object, { dryRun = false, manager = 'manifests' } = {}) => {
    const refused = (message: string) => ({ object: `${object.kind} ${object.metadata.name}`, message });
    const kind = await discover(object).catch(() => undefined);
    if (!kind) return refused(`the server knows no ${object.kind} of ${object.apiVersion}`);
    const path = `${pathOf(kind, object)}?fieldManager=${manager}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    const { status, body } = await api.ask({
      method: 'PATCH',
      path,
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    return status < 300 ? undefined : refused(`${status} ${(body as { message?: string }).message}`);
  };
};

const pathOf = ({ path, namespaced }: Kind, { metadata }: KubernetesObject): string => {
  const [base = '', resource = ''] = path.split('|');
  return `${base}${namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''}/${resource}/${metadata.name}`;
};

/** Makes custom resources known, and returns once the server serves them. */
export const define = async (api: ApiServer, definitions: readonly KubernetesObject[]): Promise<void> => {
  await Promise.all(definitions.map((definition) => api.admin('POST', definitionsFolder, definition)));
  const deadlineMs = Date.now() + establishMs;
  while (Date.now() < deadlineMs) {
    const { items } = (await api.admin('GET', definitionsFolder)) as { items: Anything[] };
    if (items.every(isEstablished)) return;
    await setTimeout(100);
  }
  throw new Error(`the API server did not establish all definitions within ${establishMs / 1000} s`);
};

/** Returns once the server serves the kind no more. */
export const undefine = async (api: ApiServer, name: string, group: string): Promise<void> => {
  await api.admin('DELETE', `${definitionsFolder}/${name}.${group}`);
  const deadlineMs = Date.now() + establishMs;
  while (Date.now() < deadlineMs) {
    const served = await api.ask({ method: 'GET', path: `/apis/${group}/v1beta1/namespaces/default/${name}` }).then(
      ({ status }) => status < 300,
      (error: Error) => !(error instanceof SyntaxError), // of what it does not serve at all it speaks in plain text
    );
    if (!served) return;
    await setTimeout(100);
  }
  throw new Error(`the API server still serves ${name}.${group} after ${establishMs / 1000} s`);
};

const isEstablished = ({ status }: Anything): boolean =>
  (status?.conditions ?? []).some(({ type, status: met }: Anything) => type === 'Established' && met === 'True');
