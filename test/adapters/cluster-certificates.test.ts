import { describe, expect, test } from '@jest/globals';
import { clusterSources } from '../../lib/adapters/certificates/cluster.ts';
import { renewInCluster } from '../../lib/adapters/certificates/renew-cluster.ts';
import type { Api } from '../../lib/adapters/kubernetes/client.ts';
import { issue, newIdentity, pemOf } from '../../twin/certificates/issue.ts';
import { failure } from '../contracts/good.ts';

const namespace = 'mcp-ui';
const now = Date.parse('2026-05-01T10:00:00Z');
const authority = newIdentity('Test CA', 'Test');
const issuedPem = (name: string, fromMs = 0) =>
  pemOf(issue(newIdentity(name, 'Test'), authority, { names: [name], fromMs, toMs: fromMs + 86_400_000 }));
const base64 = (text: string) => Buffer.from(text).toString('base64');

// biome-ignore lint/suspicious/noExplicitAny: objects as the API server gives them.
type Anything = any;

/** Lists and objects by path, with versions as an API server has them. `between`: another writer, before each write. */
const apiWith = (objects: Record<string, Anything>, between: () => void = () => undefined) => {
  const written: { path: string; patch: Anything }[] = [];
  const known = (path: string) => objects[path.replace(/\/status$/, '')];
  const api: Pick<Api, 'get' | 'list' | 'merge'> = {
    get: async (path) => structuredClone(known(path)),
    list: async (path) => objects[path],
    merge: async (path, patch: Anything) => {
      between();
      const object = known(path);
      if (patch.metadata.resourceVersion !== object.metadata.resourceVersion) return false;
      Object.assign(object.metadata.annotations, patch.metadata.annotations);
      Object.assign(object.status, patch.status);
      object.metadata.resourceVersion += 'x';
      written.push({ path, patch });
      return true;
    },
  };
  return { api, written };
};

const metadata = (name: string, annotations: Record<string, string> = {}) => ({
  name,
  namespace,
  resourceVersion: '1',
  annotations,
});
const ready = { type: 'Ready', status: 'True' };
const aCertificate = (differs: Anything = {}, annotations = {}) => ({
  metadata: metadata('shop', annotations),
  spec: { secretName: 'shop-tls', dnsNames: ['Shop.example.com'] },
  status: { conditions: [ready], revision: 2, ...differs },
});
const aRequest = (revision: number, pem?: string, certificate = 'shop') => ({
  metadata: metadata(`shop-${revision}`, {
    'cert-manager.io/certificate-name': certificate,
    'cert-manager.io/certificate-revision': String(revision),
  }),
  status: { conditions: [ready], ...(pem && { certificate: base64(pem) }) },
});
const anIngress = (spec: Anything, annotations = {}) => ({ metadata: metadata('web', annotations), spec });

const listsOf = (lists: { certificates?: Anything[]; certificaterequests?: Anything[]; ingresses?: Anything[] }) => ({
  [`/apis/cert-manager.io/v1/namespaces/${namespace}/certificates`]: lists.certificates,
  [`/apis/cert-manager.io/v1/namespaces/${namespace}/certificaterequests`]: lists.certificaterequests,
  [`/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`]: lists.ingresses,
});
const sourcesOf = (lists: Parameters<typeof listsOf>[0]) =>
  clusterSources(apiWith(listsOf(lists)).api, namespace, () => now);

describe('a Certificate of cert-manager', () => {
  const read = async (certificate: Anything, requests: Anything[] = [aRequest(2, issuedPem('shop.example.com'))]) =>
    (await sourcesOf({ certificates: [certificate], certificaterequests: requests })['cert-manager']())[0];

  test('has the certificate of the revision that its Secret holds, and no later one', async () => {
    const requests = [
      aRequest(1, issuedPem('old.example.com')),
      aRequest(2, issuedPem('shop.example.com')),
      aRequest(3),
    ];
    const entry = await read(aCertificate({}, { 'evenkeel.dev/service': 'shop' }), requests);
    expect(entry).toMatchObject({
      id: 'cert-manager:mcp-ui/shop',
      names: ['shop.example.com'],
      renewer: 'cert-manager',
      certificate: { names: ['shop.example.com'] },
      service: 'shop',
    });
    expect(entry).not.toHaveProperty('trouble');
  });

  test('whose request is gone has none that is known', async () => {
    expect(await read(aCertificate(), [])).not.toHaveProperty('certificate');
  });

  test.each([
    [
      'is not ready',
      { conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist', message: 'no Secret' }] },
      'not ready: DoesNotExist: no Secret',
    ],
    ['was never seen by cert-manager', { conditions: [] }, 'not ready: no reason is given'],
    [
      'is ready while its renewals fail',
      {
        conditions: [ready, { type: 'Issuing', status: 'False', reason: 'Failed', message: 'CAA forbids it' }],
        failedIssuanceAttempts: 3,
        lastFailureTime: '2026-05-01T09:00:00Z',
      },
      '3 attempts failed, the last at 2026-05-01T09:00:00Z: Failed: CAA forbids it',
    ],
    [
      'is ready and past its renewal',
      { renewalTime: '2026-05-01T09:00:00Z' },
      'renewal is due since 2026-05-01T09:00:00Z and not under way',
    ],
  ])('that %s is in trouble', async (_, differs, trouble) => {
    expect(await read(aCertificate(differs))).toMatchObject({ trouble });
  });
});

describe('an Ingress', () => {
  const tls = [
    { hosts: ['shop.example.com', '*.example.com'], secretName: 'shop-tls' },
    { hosts: ['old.example.com'], secretName: 'by-hand' },
  ];

  test('uses the Certificates that make its Secrets, and Secrets that nobody makes', async () => {
    const sources = sourcesOf({ certificates: [aCertificate()], ingresses: [anIngress({ tls })] });
    expect(await sources.ingress()).toMatchObject([
      {
        id: 'ingress:mcp-ui/web',
        uses: ['cert-manager:mcp-ui/shop', 'secret:mcp-ui/by-hand'],
        endpoints: [
          { host: 'shop.example.com', port: 443, protocol: 'https' },
          { host: 'old.example.com', port: 443, protocol: 'https' },
        ],
      },
    ]);
    expect(await sources.secret()).toEqual([
      {
        id: 'secret:mcp-ui/by-hand',
        source: 'secret',
        names: ['old.example.com'],
        renewer: 'imported',
        uses: [],
        endpoints: [{ host: 'old.example.com', port: 443, protocol: 'https' }],
      },
    ]);
  });

  test('of a load balancer of AWS serves its hosts on the ports of its annotation, with certificates of ACM', async () => {
    const annotations = {
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:a, arn:aws:acm:b',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}, {"HTTPS": 8443}]',
    };
    const sources = sourcesOf({ ingresses: [anIngress({ rules: [{ host: 'shop.example.com' }] }, annotations)] });
    expect(await sources.ingress()).toMatchObject([
      {
        uses: ['acm:arn:aws:acm:a', 'acm:arn:aws:acm:b'],
        endpoints: [{ host: 'shop.example.com', port: 8443, protocol: 'https' }],
      },
    ]);
  });

  test('without TLS is a place without endpoints', async () => {
    const sources = sourcesOf({ ingresses: [anIngress({ rules: [{ host: 'shop.example.com' }] })] });
    expect(await sources.ingress()).toMatchObject([{ uses: [], endpoints: [] }]);
  });
});

describe('a re-issue', () => {
  const path = `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/shop`;
  const id = 'mcp-ui/shop';

  test('is ordered by the condition that cert-manager takes for an order', async () => {
    const { api, written } = apiWith({ [path]: aCertificate() });
    expect(await renewInCluster(api, () => now)(id, 'r1')).toBe('requested');
    expect(written.at(-1)).toEqual({
      path: `${path}/status`,
      patch: expect.objectContaining({
        status: {
          conditions: [
            ready,
            expect.objectContaining({
              type: 'Issuing',
              status: 'True',
              reason: 'ManuallyTriggered',
              lastTransitionTime: '2026-05-01T10:00:00Z',
            }),
          ],
        },
      }),
    });
  });

  test('that is under way, or was done for this request, is not ordered again; the next request is', async () => {
    const object = aCertificate();
    const { api, written } = apiWith({ [path]: object });
    const renew = renewInCluster(api, () => now);
    await renew(id, 'r1');
    await renew(id, 'r1');
    await renew(id, 'r2');
    const orders = () => written.filter((one) => one.path.endsWith('/status')).length;
    expect(orders()).toBe(1);
    Object.assign(object.status, { conditions: [ready], revision: 3 });
    await renew(id, 'r1');
    expect(orders()).toBe(1);
    await renew(id, 'r2');
    expect(orders()).toBe(2);
  });

  test('that failed is ordered again', async () => {
    const object = aCertificate();
    const { api, written } = apiWith({ [path]: object });
    await renewInCluster(api, () => now)(id, 'r1');
    object.status.conditions = [ready, { type: 'Issuing', status: 'False' } as never];
    await renewInCluster(api, () => now)(id, 'r1');
    expect(written.filter((one) => one.path.endsWith('/status'))).toHaveLength(2);
  });

  test('gives up as a write conflict when somebody else writes again and again', async () => {
    const object = aCertificate();
    const { api } = apiWith({ [path]: object }, () => {
      object.metadata.resourceVersion += 'y';
    });
    await expect(renewInCluster(api, () => now)(id, 'r1')).rejects.toEqual(failure('WriteConflict'));
  });
});
