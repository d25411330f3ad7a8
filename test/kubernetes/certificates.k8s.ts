import { X509Certificate } from 'node:crypto';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import { certificateRenewals } from '../../lib/adapters/certificates/renewals.ts';
import type { InventoryEntry } from '../../lib/contracts/certificate.ts';
import { describeInventory } from '../contracts/inventory.contract.ts';
import { describeRenewals } from '../contracts/renewals.contract.ts';
import { type ApiServer, adapterUser, startApiServer } from './api-server.ts';
import { aPem, applyCertificate, applyCertManager, applyIssue } from './certificates.ts';
import { newNamespace } from './slots.ts';

/* Real kinds of cert-manager on a real API server; what its controllers would write is written by the test. */

jest.setTimeout(120_000);
const clusters = mockClient(EKSClient);
let api: ApiServer;
let namespaces = 0;

beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  api = await startApiServer();
  await applyCertManager(api);
  const certificateAuthority = { data: Buffer.from(api.ca).toString('base64') };
  clusters.on(DescribeClusterCommand).resolves({ cluster: { endpoint: api.endpoint, certificateAuthority } });
  mockClient(ACMClient).on(ListCertificatesCommand).resolves({});
  mockClient(ElasticLoadBalancingV2Client).on(DescribeLoadBalancersCommand).resolves({});
  mockClient(CloudFrontClient).on(ListDistributionsCommand).resolves({});
});
afterAll(() => api.stop());

const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
const roles = (namespace: string) => `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles/${adapterUser}`;

const newWorld = async () => {
  namespaces += 1;
  const namespace = `certificates-${namespaces}`;
  await newNamespace(api, namespace);
  const pem = aPem(['shop.example.com']);
  await applyCertificate(api, namespace, { revision: 1, pem });
  return { namespace, pem, settings: { CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: namespace } };
};

describeInventory('a real API server', async () => {
  const { namespace, pem, settings } = await newWorld();
  return {
    port: awsInventory.create(settings),
    id: `cert-manager:${namespace}/shop`,
    fingerprint: fingerprintOf(pem),
    async reissue() {
      const newer = aPem(['shop.example.com'], 1000);
      await applyIssue(api, namespace, { revision: 2, pem: newer });
      return fingerprintOf(newer);
    },
    breakSource: async () => void (await api.admin('PATCH', roles(namespace), { rules: [] })),
  };
});

const entryOf = (differs: Partial<InventoryEntry>): InventoryEntry => ({
  id: 'cert-manager:nowhere/shop',
  source: 'cert-manager',
  names: ['shop.example.com'],
  renewer: 'cert-manager',
  uses: [],
  endpoints: [],
  ...differs,
});

describeRenewals('a real API server', async () => {
  const { namespace, settings } = await newWorld();
  const path = `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/shop`;
  return {
    port: certificateRenewals.create(settings),
    renewable: entryOf({ id: `cert-manager:${namespace}/shop` }),
    imported: entryOf({ id: 'secret:mcp-ui/by-hand', source: 'secret', renewer: 'imported' }),
    refused: entryOf({ id: `cert-manager:${namespace}/gone` }),
    async asked() {
      const { status } = (await api.admin('GET', path)) as { status: { conditions: { type: string }[] } };
      return status.conditions.filter(({ type }) => type === 'Issuing').length;
    },
  };
});

test('what only a Secret holds is known by its name, and its key is never asked for', async () => {
  const { namespace, settings } = await newWorld();
  const data = { 'tls.crt': 'Y2VydA==', 'tls.key': Buffer.from('PRIVATE KEY of the test').toString('base64') };
  await api.admin('POST', `/api/v1/namespaces/${namespace}/secrets`, {
    metadata: { name: 'by-hand' },
    type: 'kubernetes.io/tls',
    data,
  });
  const tls = [
    { hosts: ['old.example.com'], secretName: 'by-hand' },
    { hosts: ['shop.example.com'], secretName: 'shop-tls' },
  ];
  const backend = { service: { name: 'web', port: { number: 80 } } };
  await api.admin('POST', `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`, {
    metadata: { name: 'web' },
    spec: { tls, defaultBackend: backend },
  });
  const readings = await awsInventory.create(settings).read();
  expect(readings.find(({ source }) => source === 'secret')).toMatchObject({
    entries: [{ id: `secret:${namespace}/by-hand`, names: ['old.example.com'], renewer: 'imported' }],
  });
  expect(readings.find(({ source }) => source === 'ingress')).toMatchObject({
    entries: [{ uses: [`secret:${namespace}/by-hand`, `cert-manager:${namespace}/shop`] }],
  });
  expect(JSON.stringify(readings)).not.toContain(data['tls.key']);
  const asked = (await api.audit()).split('\n').filter((line) => line.includes(`"username":"${adapterUser}"`));
  expect(asked.filter((line) => line.includes('"resource":"secrets"'))).toEqual([]);
});

test('a cluster without cert-manager has no Certificates, and that is no failure', async () => {
  const bare = await startApiServer();
  try {
    const certificateAuthority = { data: Buffer.from(bare.ca).toString('base64') };
    clusters.on(DescribeClusterCommand).resolves({ cluster: { endpoint: bare.endpoint, certificateAuthority } });
    await newNamespace(bare, 'bare');
    const readings = await awsInventory.create({ CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: 'bare' }).read();
    expect(readings.filter(({ state }) => state === 'unread')).toEqual([]);
  } finally {
    await bare.stop();
  }
});
