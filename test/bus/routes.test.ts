import { describe, expect, test } from '@jest/globals';
import { findRoute } from '../../twin/bus/http/route.ts';
import type { HttpRequest } from '../../twin/bus/index.ts';
import type { LambdaOutcome } from '../../twin/engine/index.ts';
import { aBus } from './support.ts';

const aRequest = (given: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  target: '/chat/commands?a=1&b=2&a=3',
  headers: { host: 'localhost:1', 'content-type': 'application/json', cookie: 'x=1; y=2', 'user-agent': 'test' },
  body: Buffer.from('{"a":1}'),
  sourceIp: '127.0.0.1',
  ...given,
});
const answering = (payload: unknown) => aBus({ answer: (): LambdaOutcome => ({ ok: true, payload }) });
const text = (body: Uint8Array) => Buffer.from(body).toString();

test('a request reaches its function as payload format 2.0', async () => {
  const { bus, invocations } = answering(null);
  await bus.request(aRequest());
  expect(invocations).toMatchObject([
    {
      key: 'onCommand',
      payload: {
        version: '2.0',
        routeKey: 'POST /chat/{kind}',
        rawPath: '/chat/commands',
        rawQueryString: 'a=1&b=2&a=3',
        cookies: ['x=1', 'y=2'],
        headers: { host: 'localhost:1', 'content-type': 'application/json' },
        queryStringParameters: { a: '1,3', b: '2' },
        pathParameters: { kind: 'commands' },
        requestContext: {
          accountId: '000000000000',
          http: {
            method: 'POST',
            path: '/chat/commands',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test',
          },
          stage: '$default',
          time: '01/May/2026:10:00:00 +0000',
          timeEpoch: 1777629600000,
        },
        body: '{"a":1}',
        isBase64Encoded: false,
      },
    },
  ]);
});

test('a form comes as base64 of the very bytes', async () => {
  const { bus, invocations } = answering(null);
  const body = Buffer.from([0x74, 0x3d, 0xc3, 0xa9, 0xff]);
  await bus.request(aRequest({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }));
  const { payload } = invocations[0] ?? {};
  expect(payload.isBase64Encoded).toBe(true);
  expect(Buffer.from(payload.body, 'base64')).toEqual(body);
});

describe('the answer of a function', () => {
  test('has its status, headers, cookies and bytes', async () => {
    const { bus } = answering({
      statusCode: 201,
      headers: { 'Content-Type': 'image/png' },
      cookies: ['a=1'],
      body: 'AP8=',
      isBase64Encoded: true,
    });
    const { status, headers, body } = await bus.request(aRequest());
    expect([status, headers, [...body]]).toEqual([
      201,
      { 'content-type': 'image/png', 'set-cookie': ['a=1'] },
      [0, 255],
    ]);
  });

  test('without a status is the body', async () => {
    const { status, headers, body } = await answering({ ok: 1 }).bus.request(aRequest());
    expect([status, headers, text(body)]).toEqual([200, { 'content-type': 'application/json' }, '{"ok":1}']);
  });

  test('that is an error tells the caller nothing', async () => {
    const { bus } = aBus({ answer: () => ({ ok: false, errorType: 'Secret', errorMessage: 'password' }) });
    const { status, body } = await bus.request(aRequest());
    expect([status, text(body)]).toEqual([500, '{"message":"Internal Server Error"}']);
  });
});

test('no route is 404, and no function is called', async () => {
  const { bus, invocations } = answering(null);
  expect((await bus.request(aRequest({ method: 'GET' }))).status).toBe(404);
  expect(invocations).toEqual([]);
});

describe('of several routes', () => {
  const routes = ['* *', '* /a/{p+}', '* /a/{p}', 'GET /a/{p}', '* /a/b', 'GET /a/{p}/c'].map((one) => {
    const [method = '', path = ''] = one.split(' ');
    return { method, path, target: one };
  });

  test.each([
    ['GET', '/a/b', '* /a/b'],
    ['GET', '/a/x', 'GET /a/{p}'],
    ['POST', '/a/x', '* /a/{p}'],
    ['GET', '/a/x/c', 'GET /a/{p}/c'],
    ['GET', '/a/x/y', '* /a/{p+}'],
    ['GET', '/other', '* *'],
  ])('%s %s goes to the most specific', (method, path, target) => {
    expect(findRoute(routes, method, path)?.route.target).toBe(target);
  });

  test('parameters are decoded', () => {
    expect(findRoute(routes, 'POST', '/a/x%20y')?.pathParameters).toEqual({ p: 'x y' });
  });
});
