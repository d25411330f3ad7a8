import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import type { Slot } from '../../lib/contracts/names.ts';
import { digestOf } from '../contracts/good.ts';
import { describeProbe } from '../contracts/probe.contract.ts';
import { fromEnvironment } from '../support/settings.ts';

const digests = { blue: digestOf('a'), green: digestOf('b') };
const path = '/health';
let servers: Server[] = [];

const listen = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** A load balancer with a public listener, and a test listener that reads the slot from a header. */
const newWorld = async () => {
  const failing = new Set<Slot>();
  const world = { live: 'blue' as Slot };
  const answerAs = (slot: Slot, response: ServerResponse) => {
    const headers = { 'x-evenkeel-slot': slot, 'x-evenkeel-digest': digests[slot] };
    response.writeHead(failing.has(slot) ? 503 : 200, headers).end('body');
  };
  const open = await listen((_, response) => answerAs(world.live, response));
  const blue = await listen((_, response) => answerAs('blue', response));
  const green = await listen((_, response) => answerAs('green', response));
  const addresses = { public: { url: open.url }, blue: { url: blue.url }, green: { url: green.url } };
  const slots = { blue: blue.server, green: green.server };
  return { world, failing, slots, addresses };
};

const probeOf = (shop: object) => fromEnvironment(httpProbe, { PROBE_ADDRESSES: JSON.stringify({ shop }) });

describeProbe('HTTP', async () => {
  const { world, failing, slots, addresses } = await newWorld();
  return {
    port: probeOf(addresses),
    service: 'shop',
    path,
    digests,
    sendAllTo: async (slot) => {
      world.live = slot;
    },
    fail: async (slot) => {
      failing.add(slot);
    },
    stop: (slot) => new Promise((closed) => slots[slot].close(() => closed())),
  };
});

test('each request has a connection of its own', async () => {
  let connections = 0;
  const { url, server } = await listen((_, response) => response.end());
  server.on('connection', () => {
    connections += 1;
  });
  await probeOf({ public: { url }, blue: { url }, green: { url } }).public('shop', 12, path);
  expect(connections).toBe(12);
});

test('no more than eight requests are under way at once', async () => {
  let open = 0;
  let most = 0;
  const { url } = await listen((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setImmediate(() => {
      open -= 1;
      response.end();
    });
  });
  expect(await probeOf({ public: { url }, blue: { url }, green: { url } }).public('shop', 40, path)).toHaveLength(40);
  expect(most).toBeLessThanOrEqual(8);
});

test('a slot is asked with the headers of its address', async () => {
  const seen: unknown[] = [];
  const { url } = await listen(({ headers, url: asked }, response) => {
    seen.push([headers['x-evenkeel-test-slot'], asked]);
    response.end();
  });
  const green = { url, headers: { 'x-evenkeel-test-slot': 'green' } };
  await probeOf({ public: { url }, blue: { url }, green }).slot('shop', 'green', 1, path);
  expect(seen).toEqual([['green', path]]);
});

test('a redirect is not the service', async () => {
  const { url } = await listen((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
  const [answer] = await probeOf({ public: { url }, blue: { url }, green: { url } }).public('shop', 1, path);
  expect(answer).toMatchObject({ ok: false });
});

test('a slot or version that makes no sense is not believed', async () => {
  const headers = { 'x-evenkeel-slot': 'purple', 'x-evenkeel-digest': 'latest' };
  const { url } = await listen((_, response) => response.writeHead(200, headers).end());
  const [answer] = await probeOf({ public: { url }, blue: { url }, green: { url } }).public('shop', 1, path);
  expect(answer).toEqual({ ok: true, latencyMs: expect.any(Number) });
});

test('an answer that breaks off is a lost one', async () => {
  const { url } = await listen((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setImmediate(() => response.destroy());
  });
  const [answer] = await probeOf({ public: { url }, blue: { url }, green: { url } }).public('shop', 1, path);
  expect(answer).toEqual({ ok: false, latencyMs: expect.any(Number) });
});

test('a service without addresses says which ones there are', async () => {
  const { addresses } = await newWorld();
  await expect(probeOf(addresses).public('other', 1, path)).rejects.toThrow('no address for service "other", got shop');
});
