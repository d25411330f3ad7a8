import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newServerIdentity } from '../../../test/support/certificate.ts';
import { freePort } from '../../../twin/live/process/free-port.ts';
import { run } from './command.ts';
import type { KubernetesObject, Overlay } from './manifests.ts';
import { startServer } from './processes.ts';
import { named } from './rules/reading.ts';

/* The real nginx on the configuration of an overlay, as the image's own start-up would lay it out. */

export type Programs = { nginx: string; envsubst: string };
export type Frontend = {
  ca: string;
  port: number;
  replaceCertificate(): Promise<string>;
  /** The lines that were sent to the counter in the same pod. */
  counted: readonly string[];
  stop(): Promise<void>;
};

/** What the pod's variables would be. */
export const variables = {
  EVENKEEL_SLOT: 'green',
  EVENKEEL_DIGEST: `sha256:${'a'.repeat(64)}`,
  PUBLIC_DOMAIN: 'mcp-ui.example.com',
  NETWORK_CIDR: '127.0.0.0/8', // here the test is the load balancer
};

const configuration = (overlay: Overlay): Record<string, string> => {
  const volumes = named(overlay, 'Deployment', 'mcp-frontend-blue')?.spec.template.spec.volumes ?? [];
  const { configMap } = volumes.find(({ name }: { name: string }) => name === 'configuration');
  const found = named(overlay, 'ConfigMap', configMap.name) as KubernetesObject;
  return found.data ?? {};
};

/** Absolute paths of the image become paths of the test's own folder; everything else stays as it is. */
const layOut = async (
  folder: string,
  overlay: Overlay,
  { envsubst }: Programs,
  [port, counterPort]: readonly [number, number],
): Promise<void> => {
  const statusPort = await freePort();
  const place = (text: string): string =>
    text
      .replaceAll('/tmp/', `${folder}/tmp/`)
      .replaceAll('/dev/stdout', `${folder}/access.log`)
      .replaceAll('/etc/nginx/conf.d', `${folder}/conf.d`)
      .replaceAll('/etc/nginx/tls', `${folder}/tls`)
      .replaceAll('/usr/share/nginx/html', `${folder}/html`)
      .replace('listen 8443 ', `listen 127.0.0.1:${port} `)
      .replace('127.0.0.1:5531', `127.0.0.1:${counterPort}`)
      .replace('127.0.0.1:8081', `127.0.0.1:${statusPort}`);
  for (const part of ['conf.d', 'tls', 'tmp', 'html/assets']) await mkdir(join(folder, part), { recursive: true });
  const names = Object.keys(variables).map((name) => `\${${name}}`);
  for (const [name, content] of Object.entries(configuration(overlay))) {
    const filled = name.endsWith('.template')
      ? await run(envsubst, [names.join(' ')], { input: content, env: variables })
      : content;
    const target = name.endsWith('.template') ? join('conf.d', name.replace('.template', '')) : name;
    await writeFile(join(folder, target), place(filled));
  }
  await writeFile(join(folder, 'html/index.html'), '<!doctype html><title>MCP</title>');
  await writeFile(join(folder, 'html/assets/app.js'), 'export {};');
};

const newCertificate = async (folder: string): Promise<string> => {
  const { ca, cert, key } = newServerIdentity();
  await writeFile(join(folder, 'tls/tls.crt'), cert);
  await writeFile(join(folder, 'tls/tls.key'), key, { mode: 0o644 });
  return ca;
};

/** Takes syslog's datagrams, as the counter in the pod does. */
const startCounter = async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const lines: string[] = [];
  socket.on('message', (datagram) => lines.push(datagram.toString().replace(/^<\d+>.{15} nginx: /, '')));
  return { port: socket.address().port, lines, stop: () => socket.close() };
};

/** Errors: nginx's own words when it does not accept the configuration. */
export const startFrontend = async (programs: Programs, overlay: Overlay): Promise<Frontend> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-nginx-'));
  await chmod(folder, 0o755); // the workers are another user
  const port = await freePort();
  const counter = await startCounter();
  await layOut(folder, overlay, programs, [port, counter.port]);
  await chmod(join(folder, 'tmp'), 0o777);
  const ca = await newCertificate(folder);
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
  await run(programs.nginx, ['-t', ...args]);
  const server = await startServer('nginx', port, [programs.nginx, ...args, '-g', 'daemon off;']);
  const stop = async (): Promise<void> => {
    await server.stop();
    counter.stop();
    await rm(folder, { recursive: true });
  };
  return { ca, port, replaceCertificate: () => newCertificate(folder), counted: counter.lines, stop };
};
