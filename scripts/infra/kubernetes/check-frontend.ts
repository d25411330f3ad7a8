import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import type { Overlay } from './manifests.ts';
import { type Frontend, type Programs, startFrontend, variables } from './nginx.ts';

export type FrontendReport = { requests: number; problems: string[] };
type Answer = { status: number; headers: IncomingHttpHeaders; fingerprint: string };

/** Each answer must have them, whatever it is an answer to. */
const headers: Readonly<Record<string, RegExp>> = {
  'strict-transport-security': /^max-age=(?:[3-9]\d{7}|\d{9,}); includeSubDomains/,
  'content-security-policy': /default-src 'self';.*object-src 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^strict-origin-when-cross-origin$/,
  'permissions-policy': /camera=\(\)/,
  'cross-origin-opener-policy': /^same-origin$/,
  'x-evenkeel-slot': new RegExp(`^${variables.EVENKEEL_SLOT}$`),
  'x-evenkeel-digest': new RegExp(`^${variables.EVENKEEL_DIGEST}$`),
  server: /^nginx$/,
};

/** What is asked, and what must come back. */
const answers = [
  { path: '/healthz', method: 'GET', status: 200, cache: /no-cache/ },
  { path: '/', method: 'GET', status: 200, cache: /no-cache/ },
  { path: '/a/page/of/the/application', method: 'GET', status: 200, cache: /no-cache/ },
  { path: '/assets/app.js', method: 'GET', status: 200, cache: /immutable/ },
  { path: '/assets/none.js', method: 'GET', status: 404, cache: /./ },
  { path: '/.git/config', method: 'GET', status: 404, cache: /./ },
  { path: '/', method: 'POST', status: 403, cache: /./ },
] as const;

/** Real requests over real TLS: headers on every kind of answer, limits, protocols, and a certificate that is renewed. */
export const checkFrontend = async (programs: Programs, overlay: Overlay): Promise<FrontendReport> => {
  const frontend = await startFrontend(programs, overlay);
  const report: FrontendReport = { requests: 0, problems: [] };
  const ask = (path: string, method = 'GET', client = '198.51.100.1') => {
    report.requests += 1;
    return exchange(frontend, path, method, client);
  };
  try {
    for (const expected of answers) {
      report.problems.push(...problemsOf(expected, await ask(expected.path, expected.method)));
    }
    report.problems.push(...(await counting(frontend)));
    report.problems.push(...(await limits(ask)), ...(await protocols(frontend)), ...(await renewal(frontend, ask)));
    return report;
  } finally {
    await frontend.stop();
  }
};

/** Each answer but those to probes is told to the counter in the pod, in the format that it is configured for. */
const counting = async ({ counted }: Frontend): Promise<string[]> => {
  const format = /^[\d.]+ \[[^\]]+\] "(?:GET|POST) (\S+) HTTP\/\d\.\d" (\d{3}) \d+ \d+\.\d{3}$/;
  const expected = answers
    .filter(({ path }) => path !== '/healthz')
    .map(({ path, status }) => `${path} ${status}`)
    .sort();
  // A line is written when its answer is gone.
  for (let tries = 0; counted.length < expected.length && tries < 100; tries += 1) await setTimeout(50);
  const told = counted.map((line) => format.exec(line)?.slice(1, 3).join(' ') ?? `(unreadable) ${line}`).sort();
  return told.join() === expected.join() ? [] : [`the counter was told of ${told.join()}, not of ${expected.join()}`];
};

type Ask = (path: string, method?: string, client?: string) => Promise<Answer>;
type Expected = { path: string; method: string; status: number; cache: RegExp };

const problemsOf = ({ path, method, status, cache }: Expected, answer: Answer): string[] => {
  const where = `${method} ${path}`;
  const wrongStatus = answer.status === status ? [] : [`${where}: expected status ${status}, got ${answer.status}`];
  const wrongHeaders = Object.entries({ ...headers, 'cache-control': cache })
    .filter(([name, pattern]) => !pattern.test(String(answer.headers[name] ?? '')))
    .map(([name]) => `${where}: header ${name} is ${answer.headers[name] ?? 'missing'}`);
  return [...wrongStatus, ...wrongHeaders];
};

/** More at once than one client may send; another client must not feel it, and neither must the probes. */
const limits = async (ask: Ask): Promise<string[]> => {
  const greedy = await Promise.all(Array.from({ length: 150 }, () => ask('/', 'GET', '198.51.100.2')));
  const refused = greedy.filter(({ status }) => status === 429);
  const [other, probe] = [await ask('/', 'GET', '198.51.100.3'), await ask('/healthz', 'GET', '198.51.100.2')];
  return [
    ...(refused.length > 50
      ? []
      : [`150 requests at once: expected most to be refused with 429, got ${refused.length}`]),
    ...(greedy.some(({ status }) => status === 200) ? [] : ['150 requests at once: expected the first to be answered']),
    ...refused.slice(0, 1).flatMap((answer) => problemsOf({ ...answers[1], status: 429 }, answer)),
    ...(other.status === 200 ? [] : [`another client beside a greedy one: expected 200, got ${other.status}`]),
    ...(probe.status === 200 ? [] : [`a probe beside a greedy client: expected 200, got ${probe.status}`]),
  ];
};

const protocols = async ({ port, ca }: Frontend): Promise<string[]> => {
  const speaks = (version: SecureVersion) =>
    new Promise<boolean>((resolve) => {
      // Level 0, or this side would refuse the old ones by itself, and nothing would be learnt.
      const options = {
        port,
        host: '127.0.0.1',
        ca,
        minVersion: version,
        maxVersion: version,
        ciphers: 'ALL:@SECLEVEL=0',
      };
      const socket: TLSSocket = connect(options, () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  const expected: [SecureVersion, boolean][] = [
    ['TLSv1', false],
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ];
  const seen = await Promise.all(
    expected.map(async ([version, wanted]) => ({ version, wanted, is: await speaks(version) })),
  );
  return seen
    .filter(({ wanted, is }) => wanted !== is)
    .map(({ version, is }) => `${version}: expected it to be ${is ? 'refused' : 'spoken'}`);
};

/** A renewed certificate must be served without anybody restarting anything. */
const renewal = async (frontend: Frontend, ask: Ask): Promise<string[]> => {
  const before = await ask('/healthz');
  frontend.ca = await frontend.replaceCertificate();
  const after = await ask('/healthz');
  return before.fingerprint !== after.fingerprint ? [] : ['a renewed certificate: the old one is still served'];
};

const exchange = ({ port, ca }: Frontend, path: string, method: string, client: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', ca, path, method, agent: false, headers: { 'x-forwarded-for': client } };
    const sent = request(options, (response) => {
      const fingerprint = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, fingerprint }));
    });
    sent.once('error', reject);
    sent.end();
  });
