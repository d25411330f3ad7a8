import { rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loopback, send } from '../../../twin/live/process/http.ts';
import { until } from '../../../twin/live/process/until.ts';
import { newFolder } from '../support/folder.ts';
import { type FakePods, fakePods } from '../support/pods.ts';
import { type RouterUnderTest, routerIn } from '../support/router.ts';

let pods: FakePods;
let at: RouterUnderTest;
let folder: string;

beforeEach(async () => {
  pods = fakePods();
  folder = await newFolder();
  at = await routerIn(folder);
});
afterEach(async () => {
  pods.close();
  await at.router.close();
  await rm(folder, { recursive: true });
});

describe('an answer', () => {
  test('comes through with its status, headers and body, and nothing is added', async () => {
    const pod = await pods.start((_, response) => {
      response.sendDate = false;
      response.writeHead(201, { 'x-evenkeel-slot': 'blue', 'content-length': 2 }).end('ok');
    });
    await at.publish('blue', [pod]);
    const { status, headers, body } = await at.get();
    expect({ status, body }).toEqual({ status: 201, body: 'ok' });
    expect(headers).toEqual({ 'x-evenkeel-slot': 'blue', 'content-length': '2', connection: 'close' });
  });

  test('of a 5xx is passed on and is a failure of its slot', async () => {
    await at.publish('blue', [await pods.start((_, response) => response.writeHead(503).end())]);
    expect((await at.get()).status).toBe(503);
    expect(await at.counted('blue', 1)).toEqual({ requests: 1, failures: 1 });
  });

  test('that breaks off is a failure', async () => {
    const pod = await pods.start((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    await at.publish('blue', [pod]);
    await expect(at.get()).rejects.toThrow();
    expect(await at.counted('blue', 1)).toEqual({ requests: 1, failures: 1 });
  });
});

describe('a slot without a ready pod', () => {
  test('answers 502, which is its failure', async () => {
    expect((await at.get()).status).toBe(502);
    expect(await at.counted('blue', 1)).toEqual({ requests: 1, failures: 1 });
  });

  test('answers 502 when all that it has are gone', async () => {
    await at.publish('blue', [await pods.deadPort()]);
    expect((await at.get()).status).toBe(502);
    expect(await at.counted('blue', 1)).toEqual({ requests: 1, failures: 1 });
  });
});

describe('a request that no pod can have seen', () => {
  test('goes to another pod when one refuses the connection', async () => {
    const alive = await pods.start((_, response) => response.end('alive'));
    await at.publish('blue', [await pods.deadPort(), alive]);
    const answers = [await at.get(), await at.get(), await at.get()];
    expect(answers.map(({ body }) => body)).toEqual(['alive', 'alive', 'alive']);
    expect(await at.counted('blue', 3)).toEqual({ requests: 3, failures: 0 });
  });

  test('is sent again on a new connection when the kept one turns out to be closed', async () => {
    const used = new WeakSet<object>();
    const pod = await pods.start((request, response) => {
      if (used.has(request.socket)) return request.socket.destroy();
      used.add(request.socket);
      response.end('ok');
    });
    await at.publish('blue', [pod]);
    const answers = [await at.get(), await at.get(), await at.get()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await at.counted('blue', 3)).toEqual({ requests: 3, failures: 0 });
  });
});

describe('a request with a body', () => {
  test('arrives whole', async () => {
    const pod = await pods.start((request, response) => void request.pipe(response));
    await at.publish('blue', [pod]);
    const body = 'x'.repeat(300_000);
    const answer = await send({ port: at.port, path: '/', method: 'POST', body, timeoutMs: 5000 });
    expect(answer.body).toBe(body);
  });

  test('is never sent twice when the pod breaks under it', async () => {
    let seen = 0;
    const pod = await pods.start((request) => {
      seen += 1;
      request.socket.destroy();
    });
    await at.publish('blue', [pod, await pods.deadPort()]);
    const post = () => send({ port: at.port, path: '/', method: 'POST', body: '{}', timeoutMs: 5000 });
    expect((await post()).status).toBe(502);
    expect(seen).toBe(1);
  });
});

test('a user who leaves is no failure of the slot', async () => {
  let arrived = false;
  const pod = await pods.start(() => {
    arrived = true;
  });
  await at.publish('blue', [pod]);
  const user = createConnection(at.port, loopback);
  user.write('GET / HTTP/1.1\r\nhost: shop\r\n\r\n');
  await until('the request at the pod', 5000, () => arrived);
  user.destroy();
  expect(await at.counted('blue', 1)).toEqual({ requests: 1, failures: 0 });
  await until('nothing under way', 5000, () => at.router.inFlight.at(pod) === 0);
});

test('requests under way are known by pod, so that a pod can be drained', async () => {
  let answer = () => {};
  const pod = await pods.start((_, response) => {
    answer = () => void response.end();
  });
  await at.publish('blue', [pod]);
  const asked = at.get();
  await until('one under way', 5000, () => at.router.inFlight.at(pod) === 1);
  answer();
  await asked;
  await until('none under way', 5000, () => at.router.inFlight.at(pod) === 0);
});

test('weights decide which slot answers', async () => {
  await at.publish('blue', [await pods.start((_, response) => response.end('blue'))]);
  await at.publish('green', [await pods.start((_, response) => response.end('green'))]);
  await at.weigh(25);
  const answers = await Promise.all(Array.from({ length: 100 }, () => at.get()));
  expect(answers.filter(({ body }) => body === 'green')).toHaveLength(25);
  expect(await at.counted('green', 25)).toEqual({ requests: 25, failures: 0 });
});
