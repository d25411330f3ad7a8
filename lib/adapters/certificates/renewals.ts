import type { InventoryEntry } from '../../contracts/certificate.ts';
import type { Renewals } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { kubernetesApi } from '../kubernetes/client.ts';
import { eksConnection } from '../kubernetes/connection.ts';
import { renewInAcm } from './renew-acm.ts';
import { renewInCluster } from './renew-cluster.ts';

type Ask = (id: string, requestId: string) => Promise<'requested' | 'person'>;

/** Nobody but a person can put a certificate where it was put by hand. */
const renewalsOver = (ways: Partial<Record<InventoryEntry['renewer'], Ask>>): Renewals => ({
  request: async ({ id, renewer }, requestId) => {
    const ask = ways[renewer];
    return ask ? ask(id.slice(id.indexOf(':') + 1), requestId) : 'person';
  },
});

export const certificateRenewals = adapter({ CLUSTER_NAME: setting }, ({ CLUSTER_NAME }) =>
  renewalsOver({
    acm: renewInAcm,
    'cert-manager': renewInCluster(kubernetesApi(eksConnection(CLUSTER_NAME)), Date.now),
  }),
);
