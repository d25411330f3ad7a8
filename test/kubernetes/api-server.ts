import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { type Exchange, exchange, type Reply } from '../../lib/adapters/kubernetes/transport.ts';
import { freePort } from '../../twin/live/process/free-port.ts';
import { newServerIdentity } from '../support/certificate.ts';

const adminToken = 'admin-of-the-test';
const startMs = 60_000;
/** Dozens of definitions are taken at once, on a machine that may be busy. */
const answersWithinMs = 60_000;
const auditLog = 'audit.log';
export const adapterUser = 'evenkeel';
/** What the cluster's access entry makes the user a member of. */
export const adapterGroup = 'evenkeel';

/** Paths of two programs. */
export type Programs = { kubeApiServer: string; etcd: string };
/**
 * Whether a pod's service account must exist; nobody makes the default one, so only pods that name theirs can. `groups`: what the adapter's
 * user is a member of.
 */
type Options = { checksServiceAccounts: boolean; groups?: readonly string[] };

export const programsOfEnvironment = (): Programs => ({
  kubeApiServer: process.env.KUBE_APISERVER ?? '',
  etcd: process.env.ETCD ?? '',
});

/** Who asked for what, one JSON line for each request that was answered. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

/** Says who a bearer token is, as the authenticator of an EKS cluster does: it must be a presigned question to STS. */
const startTokenReview = async (groups: readonly string[]): Promise<{ server: Server; url: string }> => {
  const server = createServer(async (request, response) => {
    const review = (await json(request)) as { spec: { token: string } };
    const [kind, presigned = ''] = review.spec.token.split('k8s-aws-v1.');
    const url = Buffer.from(presigned, 'base64url').toString();
    const authenticated = kind === '' && /^https:\/\/sts\.[a-z0-9-]+\.amazonaws\.com\/\?.*GetCallerIdentity/.test(url);
    const status = { authenticated, ...(authenticated && { user: { username: adapterUser, groups } }) };
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

const startEtcd = async (program: string, folder: string): Promise<{ etcd: ChildProcess; url: string }> => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  const etcd = start(program, {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
  });
  return { etcd, url };
};

const startApi = async (
  program: string,
  folder: string,
  { etcdUrl, reviewUrl, checksServiceAccounts }: { etcdUrl: string; reviewUrl: string } & Omit<Options, 'groups'>,
) => {
  const { ca, cert, key } = newServerIdentity();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const serviceKey = await write('service.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const port = await freePort();
  const api = start(program, {
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
    'allow-privileged': 'true', // as on EKS: whoever refuses such a pod is PodSecurity
    ...(!checksServiceAccounts && { 'disable-admission-plugins': 'ServiceAccount' }),
    'audit-policy-file': await write('audit-policy.json', JSON.stringify(auditPolicy)),
    'audit-log-path': join(folder, auditLog),
  });
  return { api, ca, endpoint: `https://127.0.0.1:${port}` };
};

/** A real API server on a store of its own. `admin` may do everything, and throws when it is refused; `ask` does not. */
export const startApiServer = async (
  { kubeApiServer, etcd: etcdProgram }: Programs = programsOfEnvironment(),
  { checksServiceAccounts, groups = [adapterGroup] }: Options = { checksServiceAccounts: false },
) => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-kubernetes-'));
  const review = await startTokenReview(groups);
  const { etcd, url } = await startEtcd(etcdProgram, folder);
  const { api, ca, endpoint } = await startApi(kubeApiServer, folder, {
    etcdUrl: url,
    reviewUrl: review.url,
    checksServiceAccounts,
  });

  const ask = (request: Exchange): Promise<Reply> =>
    exchange({ ca, endpoint, token: adminToken }, request, answersWithinMs);

  const admin = async (method: string, path: string, body?: unknown) => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const request = { method, path, ...(body !== undefined && { contentType, body }) };
    const reply = await ask(request);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };

  const stop = async (): Promise<void> => {
    // Asked to end, the server would wait half a minute for its store; nothing of either is kept.
    api.kill('SIGKILL');
    etcd.kill('SIGKILL');
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
  return { ca, endpoint, admin, ask, audit: () => readFile(join(folder, auditLog), 'utf8'), stop };
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
