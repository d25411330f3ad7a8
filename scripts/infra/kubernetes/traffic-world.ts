import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../../../twin/live/process/free-port.ts';
import { run } from './command.ts';
import type { Overlay } from './manifests.ts';
import { type Running, startServer } from './processes.ts';
import { awsPrograms } from './programs.ts';
import { ofKind } from './rules/reading.ts';

/* What the publisher of traffic meets, for real: a Prometheus, a pod that counts, a CloudWatch, and its own scripts. */

export const borders = [0.1, 0.2, 0.5];
export const service = 'mcp-manager';

/** The metrics of a pod, as an image must expose them: counters by code and a histogram. */
export const aPod = async () => {
  const [codes, durations] = [new Map<string, number>(), [] as number[]];
  const page = (): string => {
    const under = (border: number) => durations.filter((seconds) => seconds <= border).length;
    const buckets = [...borders, Number.POSITIVE_INFINITY].map((border) => {
      const le = Number.isFinite(border) ? String(border) : '+Inf';
      return `http_request_duration_seconds_bucket{le="${le}"} ${under(border)}\n`;
    });
    const counters = [...codes].map(([code, count]) => `http_requests_total{code="${code}"} ${count}\n`);
    return [...counters, ...buckets].join('');
  };
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(code: string, seconds: number, times = 1) {
      codes.set(code, (codes.get(code) ?? 0) + times);
      for (let left = times; left > 0; left -= 1) durations.push(seconds);
    },
    /** As a process that was started again: everything is zero. */
    begin: () => {
      codes.clear();
      durations.length = 0;
    },
    stop: () => server.close(),
  };
};
export type Pod = Awaited<ReturnType<typeof aPod>>;

const startPrometheus = async (program: string, folder: string, port: number, pods: Record<string, Pod>) => {
  const targets = Object.entries(pods).map(([slot, { address }]) => ({
    targets: [address],
    labels: { slot, namespace: 'mcp-ui' },
  }));
  const scrapes = [{ job_name: service, static_configs: targets }];
  const configuration = { global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: scrapes };
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, JSON.stringify(configuration));
  const data = `--storage.tsdb.path=${join(folder, 'data')}`;
  const flags = [`--config.file=${file}`, data, `--web.listen-address=127.0.0.1:${port}`];
  return startServer('Prometheus', port, [program, ...flags]);
};

const writeScripts = async (folder: string, overlay: Overlay): Promise<void> => {
  const scripts = ofKind(overlay, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('traffic-publisher'));
  for (const [name, content] of Object.entries(scripts?.data ?? {})) await writeFile(join(folder, name), content);
};

export const startTrafficWorld = async (prometheus: string, overlay: Overlay, pods: Record<string, Pod>) => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-traffic-'));
  const [prometheusPort, awsPort, tools] = [await freePort(), await freePort(), await awsPrograms()];
  const servers: Running[] = [];
  const publishers: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of publishers) child.kill('SIGTERM');
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true });
  };
  const endpoint = `http://127.0.0.1:${awsPort}`;
  try {
    await writeScripts(folder, overlay);
    await writeFile(join(folder, 'token'), 'the token of the account');
    servers.push(await startPrometheus(prometheus, folder, prometheusPort, pods));
    const moto = [join(tools, 'moto_server'), '-H', '127.0.0.1', '-p', String(awsPort)];
    servers.push(await startServer('moto', awsPort, moto));
  } catch (error) {
    await stop();
    throw error;
  }
  const region = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
  return {
    /** Runs the overlay's script as its container would; the first replica of Prometheus is one that is away. */
    publish: async () => {
      const env = {
        ...region,
        PATH: `${process.env.PATH}`,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/evenkeel-test-traffic-publisher',
        AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'),
        PROMETHEUS_URLS: `http://127.0.0.1:9 http://127.0.0.1:${prometheusPort}`,
        SERVICES: `${service} nobody`,
        NAMESPACE: 'mcp-ui',
        PORT: String(await freePort()),
      };
      const child = spawn(process.execPath, [join(folder, 'publish.mjs')], { env });
      publishers.push(child);
      return { child, said: text(child.stdout), port: env.PORT };
    },
    cloudwatch: async (...args: string[]) => {
      const env = {
        ...region,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
      };
      const path = `${tools}${delimiter}${process.env.PATH}`;
      return JSON.parse(
        await run(join(tools, 'aws'), ['cloudwatch', ...args, '--output', 'json'], { env: { ...env, PATH: path } }),
      );
    },
    stop,
  };
};
