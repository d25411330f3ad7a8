import type { Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { LeaseLost } from '../../lib/contracts/failures.ts';
import { operation } from '../../twin/live/control/operation.ts';
import { controlServer } from '../../twin/live/control/server.ts';
import { instanceHeader } from '../../twin/live/control/wire.ts';
import { send } from '../../twin/live/process/http.ts';
import { listen } from '../../twin/live/process/listen.ts';

const operations = {
  double: operation(
    v.strictObject({ number: v.number(), unit: v.string() }),
    ({ number, unit }) => `${number * 2}${unit}`,
  ),
  refuse: operation(v.strictObject({}), () => {
    throw new LeaseLost('service/shop', 1, 2);
  }),
};

let server: Server;
let port: number;

beforeEach(async () => {
  server = controlServer('the-instance', operations);
  port = await listen(server);
});
afterEach(() => void server.close());

const post = async (path: string, body: string, instance = 'the-instance') => {
  const answer = await send({
    port,
    path,
    method: 'POST',
    headers: { [instanceHeader]: instance },
    body,
    timeoutMs: 5000,
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
};

test('an operation answers', async () => {
  expect(await post('/double', '{"number":4,"unit":"s"}')).toEqual({ status: 200, body: { output: '8s' } });
});

test('a bad input is refused with all its problems', async () => {
  const { status, body } = await post('/double', '{"number":"four"}');
  expect(status).toBe(409);
  expect(body).toMatchObject({ name: 'InputInvalid', message: expect.stringMatching(/number: .*got four; .*unit/) });
});

test.each(['', 'null', '{', '[]'])('a body that is not the input is refused: %j', async (text) => {
  expect(await post('/double', text)).toMatchObject({ status: 409, body: { name: 'InputInvalid' } });
});

test.each(['/triple', '/', '/toString', '/__proto__'])(
  'an operation that does not exist is refused: %s',
  async (path) => {
    const { body } = await post(path, '{}');
    expect(body).toMatchObject({ name: 'InputInvalid', message: expect.stringContaining('double, refuse') });
  },
);

test('a failure keeps its name and facts', async () => {
  const { body } = await post('/refuse', '{}');
  expect(body).toMatchObject({ name: 'LeaseLost', data: { resource: 'service/shop', token: 1, newest: 2 } });
});

test('a caller that means another instance is refused', async () => {
  expect((await post('/double', '{"number":4,"unit":"s"}', 'another')).status).toBe(403);
});

test('a body beyond all measure is refused', async () => {
  expect(await post('/double', 'x'.repeat(1_500_000)).catch(() => ({ status: 409 }))).toMatchObject({ status: 409 });
});
