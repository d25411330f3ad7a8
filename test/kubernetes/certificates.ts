import { certManagerDefinitions } from '../../scripts/infra/kubernetes/definitions.ts';
import { issue, newIdentity, pemOf } from '../../twin/certificates/issue.ts';
import { until } from '../../twin/live/process/until.ts';
import type { ApiServer } from './api-server.ts';

const group = '/apis/cert-manager.io/v1';
const knownWithinMs = 60_000;
const authority = newIdentity('Test CA', 'Test');

/** A certificate for the names, as PEM; another for each beginning. */
export const aPem = (names: readonly string[], fromMs = 0): string =>
  pemOf(issue(newIdentity('holder', 'Test'), authority, { names, fromMs, toMs: fromMs + 86_400_000 }));

/** Makes the kinds of cert-manager known, and returns when the server answers for them. */
export const applyCertManager = async (api: ApiServer): Promise<void> => {
  for (const definition of await certManagerDefinitions())
    await api.admin('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  await until('the kinds of cert-manager', knownWithinMs, async () => {
    const kinds = ['certificates', 'certificaterequests'];
    const answers = await Promise.all(kinds.map((kind) => api.ask({ method: 'GET', path: `${group}/${kind}` })));
    return answers.every(({ status }) => status === 200);
  });
};

type Issued = { revision: number; pem: string };

/** A Certificate `shop` and the request that it was issued for, as cert-manager leaves them. */
export const applyCertificate = async (api: ApiServer, namespace: string, issued: Issued): Promise<void> => {
  const issuerRef = { name: 'letsencrypt', kind: 'ClusterIssuer' };
  const spec = { secretName: 'shop-tls', dnsNames: ['shop.example.com'], issuerRef };
  const folder = `${group}/namespaces/${namespace}`;
  const about = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' };
  await api.admin('POST', `${folder}/certificates`, { ...about, metadata: { name: 'shop' }, spec });
  await applyIssue(api, namespace, issued);
};

/** One more revision: its request, and what the Certificate then says of itself. */
export const applyIssue = async (api: ApiServer, namespace: string, { revision, pem }: Issued): Promise<void> => {
  const folder = `${group}/namespaces/${namespace}`;
  const name = `shop-${revision}`;
  const annotations = {
    'cert-manager.io/certificate-name': 'shop',
    'cert-manager.io/certificate-revision': String(revision),
  };
  await api.admin('POST', `${folder}/certificaterequests`, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'CertificateRequest',
    metadata: { name, annotations },
    spec: { issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' }, request: 'bm8gcmVxdWVzdA==' },
  });
  const conditions = [{ type: 'Ready', status: 'True', reason: 'Ready', message: '' }];
  const certificate = Buffer.from(pem).toString('base64');
  await api.admin('PATCH', `${folder}/certificaterequests/${name}/status`, { status: { conditions, certificate } });
  await api.admin('PATCH', `${folder}/certificates/shop/status`, { status: { conditions, revision } });
};
