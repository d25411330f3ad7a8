import type { InventoryEntry, Source, SourceReading } from '../../contracts/certificate.ts';
import type { CertificateInventory } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { kubernetesApi } from '../kubernetes/client.ts';
import { eksConnection } from '../kubernetes/connection.ts';
import { acmEntries } from './acm.ts';
import { cloudFrontEntries } from './cloudfront.ts';
import { clusterSources } from './cluster.ts';
import { listenerEntries } from './listeners.ts';

type Sources = Partial<Record<Source, () => Promise<InventoryEntry[]>>>;

/** Each is read on its own: what one of them cannot say takes nothing from the others. */
const inventoryOver = (sources: Sources): CertificateInventory => ({
  read: () => Promise.all(Object.entries(sources).map(([source, read]) => readingOf(source as Source, read))),
});

const readingOf = (source: Source, read: () => Promise<InventoryEntry[]>): Promise<SourceReading> =>
  read().then(
    (entries) => ({ state: 'read', source, entries }),
    (error: unknown) => ({ state: 'unread', source, reason: error instanceof Error ? error.message : String(error) }),
  );

/** All of the account's region, of CloudFront, and of one namespace of the cluster. */
export const awsInventory = adapter(
  { CLUSTER_NAME: setting, CLUSTER_NAMESPACE: setting },
  ({ CLUSTER_NAME, CLUSTER_NAMESPACE }) =>
    inventoryOver({
      acm: acmEntries,
      listener: listenerEntries,
      cloudfront: cloudFrontEntries,
      ...clusterSources(kubernetesApi(eksConnection(CLUSTER_NAME)), CLUSTER_NAMESPACE, Date.now),
    }),
);
