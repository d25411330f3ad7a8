import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { exchange } from '../../lib/adapters/kubernetes/transport.ts';
import { freePort } from '../../scripts/run-jest.ts';
import { newServerIdentity } from '../support/certificate.ts';

const adminToken = 'admin-of-the-test';
const startMs = 60_000;
export const adapterUser = 'evenkeel';

/** Says who a bearer token is, as the authenticator of an EKS cluster does: it must be a presigned question to STS. */
const startTokenReview = async (): Promise<{ server: Server; url: string }> => {
  const server = createServer(async (request, response) => {
    const review = (await json(request)) as { spec: { token: string } };
    const [kind, presigned = ''] = review.spec.token.split('k8s-aws-v1.');
    const url = Buffer.from(presigned, 'base64url').toString();
    const authenticated = kind === '' && /^https:\/\/sts\.[a-z0-9-]+\.amazonaws\.com\/\?.*GetCallerIdentity/.test(url);
    const status = { authenticated, ...(authenticated && { user: { username: adapterUser } }) };
    response.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const webhookConfig = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'review', cluster: { server } }],
    users: [{ name: 'api' }],
    contexts: [{ name: 'review', context: { cluster: 'review', user: 'api' } }],
    'current-context': 'review',
  });

/** What a program said last, for the message when it does not come up. */
const lastWords = new WeakMap<ChildProcess, string>();

const start = (program: string | undefined, flags: Record<string, string>): ChildProcess => {
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  const child = spawn(program ?? '', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords.set(child, `${lastWords.get(child) ?? ''}${text}`.slice(-2000));
  });
  return child;
};

const startEtcd = async (folder: string): Promise<{ etcd: ChildProcess; url: string }> => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  const etcd = start(process.env.ETCD, {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
  });
  return { etcd, url };
};

const startApi = async (folder: string, etcdUrl: string, reviewUrl: string) => {
  const { ca, cert, key } = newServerIdentity();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const serviceKey = await write('service.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const port = await freePort();
  const api = start(process.env.KUBE_APISERVER, {
    'etcd-servers': etcdUrl,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'tls-cert-file': await write('api.crt', cert),
    'tls-private-key-file': await write('api.key', key),
    'service-account-key-file': serviceKey,
    'service-account-signing-key-file': serviceKey,
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-cluster-ip-range': '10.0.0.0/24',
    'token-auth-file': await write('tokens.csv', `${adminToken},admin,1,system:masters\n`),
    'authentication-token-webhook-config-file': await write('review.json', webhookConfig(reviewUrl)),
    'authentication-token-webhook-version': 'v1',
    'authorization-mode': 'RBAC',
    'disable-admission-plugins': 'ServiceAccount',
  });
  return { api, ca, endpoint: `https://127.0.0.1:${port}` };
};

/** A real API server on a store of its own. `admin` may do everything. */
export const startApiServer = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-kubernetes-'));
  const review = await startTokenReview();
  const { etcd, url } = await startEtcd(folder);
  const { api, ca, endpoint } = await startApi(folder, url, review.url);

  const admin = async (method: string, path: string, body?: unknown) => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const request = { method, path, ...(body !== undefined && { contentType, body }) };
    const reply = await exchange({ ca, endpoint, token: adminToken }, request);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };

  const stop = async (): Promise<void> => {
    api.kill();
    etcd.kill();
    review.server.closeAllConnections();
    review.server.close();
    await Promise.all([api, etcd].map(ended));
    await rm(folder, { recursive: true });
  };

  try {
    await ready(() => admin('GET', '/api/v1/namespaces/default'), api);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ca, endpoint, admin, stop };
};
export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();

const ready = async (ask: () => Promise<unknown>, child: ChildProcess): Promise<void> => {
  const deadlineMs = Date.now() + startMs;
  while (Date.now() < deadlineMs && child.exitCode === null) {
    const up = await ask().then(
      () => true,
      () => false,
    );
    if (up) return;
    await setTimeout(200);
  }
  throw new Error(
    `the API server was not ready within ${startMs / 1000} s: ${lastWords.get(child) ?? 'it said nothing'}`,
  );
};
