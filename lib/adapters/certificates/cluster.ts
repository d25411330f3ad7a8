import type * as v from 'valibot';
import type { InventoryEntry } from '../../contracts/certificate.ts';
import type { Api } from '../kubernetes/client.ts';
import { readObject } from '../kubernetes/shapes.ts';
import { certManagerEntries } from './cert-manager.ts';
import { CertificateObject, IngressObject, RequestObject } from './cluster-shapes.ts';
import { ingressEntry, makersOf, secretEntries } from './ingresses.ts';

const certManager = 'apis/cert-manager.io/v1';
const networking = 'apis/networking.k8s.io/v1';

export type ClusterSources = Record<'cert-manager' | 'ingress' | 'secret', () => Promise<InventoryEntry[]>>;

export const pathOf = (namespace: string, name: string): string =>
  `/${certManager}/namespaces/${namespace}/certificates/${name}`;

/** What the cluster keeps about certificates in one namespace. A cluster without cert-manager keeps nothing about its certificates. */
export const clusterSources = (api: Pick<Api, 'list'>, namespace: string, now: () => number): ClusterSources => {
  const list = async <S extends v.GenericSchema>(group: string, kind: string, schema: S) => {
    const path = `/${group}/namespaces/${namespace}/${kind}`;
    return ((await api.list(path)) ?? []).map((item) => readObject(schema, path, item));
  };
  const certificates = () => list(certManager, 'certificates', CertificateObject);
  const ingresses = () => list(networking, 'ingresses', IngressObject);
  return {
    'cert-manager': async () =>
      certManagerEntries(await certificates(), await list(certManager, 'certificaterequests', RequestObject), now()),
    ingress: async () => {
      const makers = makersOf(await certificates());
      return (await ingresses()).map((ingress) => ingressEntry(ingress, makers));
    },
    secret: async () => secretEntries(await ingresses(), makersOf(await certificates())),
  };
};
