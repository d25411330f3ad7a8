import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { request } from 'undici';
import { jsonResponse } from '../../twin/bus/http/response.ts';
import type { HttpRequest } from '../../twin/bus/index.ts';
import { type Routes, twinServer } from '../../twin/server/http.ts';

const said =
  (text: string): Routes['events'] =>
  (_, response) =>
    void response.end(text);
const aServer = async (given: Partial<Routes> = {}) => {
  const requests: HttpRequest[] = [];
  const redriven: unknown[] = [];
  const server = twinServer({
    isOpen: () => true,
    isReady: () => true,
    stepFunctions: said('states'),
    events: said('events'),
    status: async () => ({ fine: true }),
    page: async (name) => (name === 'status.html' ? '<p>fine</p>' : undefined),
    bus: {
      request: async (one) => {
        requests.push(one);
        return jsonResponse(202, { taken: true });
      },
      redrive: (ids) => redriven.push(ids),
    },
    ...given,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  const ask = async (method: 'GET' | 'POST', path: string, headers: Record<string, string> = {}, body?: string) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const answer = await request(url, { method, headers, ...(body !== undefined && { body }) });
    return [answer.statusCode, await answer.body.text()] as const;
  };
  return { ask, requests, redriven };
};
const opened: ReturnType<typeof twinServer>[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close().closeAllConnections();
});

test.each([
  ['AWSStepFunctions.StartExecution', 'states'],
  ['AWSEvents.PutEvents', 'events'],
])('%s goes to its API', async (target, answer) => {
  const { ask } = await aServer();
  expect(await ask('POST', '/', { 'x-amz-target': target })).toEqual([200, answer]);
});

test('other requests are those of serverless.yml, with their bytes', async () => {
  const { ask, requests } = await aServer();
  expect(await ask('POST', '/chat?a=1', { 'content-type': 'text/x' }, 'é')).toEqual([202, '{"taken":true}']);
  expect(requests).toMatchObject([{ method: 'POST', target: '/chat?a=1', headers: { 'content-type': 'text/x' } }]);
  expect([...(requests[0]?.body ?? [])]).toEqual([0xc3, 0xa9]);
});

test('a page is served as it lies there, and what is no page is not there', async () => {
  const { ask, requests } = await aServer();
  expect(await ask('GET', '/pages/status.html')).toEqual([200, '<p>fine</p>']);
  expect(await ask('GET', '/pages/other.html')).toEqual([404, '{"message":"no page other.html"}']);
  expect(requests).toEqual([]);
});

test('while it starts only /health answers, and says so', async () => {
  const { ask } = await aServer({ isOpen: () => false, isReady: () => false });
  expect(await ask('GET', '/health')).toEqual([503, '{"status":"starting"}']);
  expect(await ask('POST', '/', { 'x-amz-target': 'AWSEvents.PutEvents' })).toMatchObject([503, expect.any(String)]);
});

test('/health and /status of a ready twin', async () => {
  const { ask } = await aServer();
  expect(await ask('GET', '/health')).toEqual([200, '{"status":"ready"}']);
  expect(await ask('GET', '/status')).toEqual([200, '{"fine":true}']);
});

test('a request that names another host is refused, as a page in a browser would make it', async () => {
  const { ask } = await aServer();
  expect(await ask('GET', '/status', { host: 'evil.example' })).toMatchObject([403, expect.any(String)]);
});

test('dead letters are sent again on request', async () => {
  const { ask, redriven } = await aServer();
  const json = { 'content-type': 'application/json' };
  expect(await ask('POST', '/dead-letters/redrive', json, '{"ids":[1,2]}')).toEqual([200, '{"redriven":1}']);
  await ask('POST', '/dead-letters/redrive', json, '{}');
  expect(redriven).toEqual([[1, 2], undefined]);
});

test.each([
  ['a form', { 'content-type': 'text/plain' }, '{}', 415],
  ['a wrong body', { 'content-type': 'application/json' }, '{"ids":"all"}', 400],
])('not by %s', async (_, headers, body, status) => {
  const { ask, redriven } = await aServer();
  expect(await ask('POST', '/dead-letters/redrive', headers, body)).toMatchObject([status, expect.any(String)]);
  expect(redriven).toEqual([]);
});
