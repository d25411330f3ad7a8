import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import type { Leases } from '../../lib/ports/leases.ts';
import { failure } from '../contracts/good.ts';

/* Through the real SDK: what a client makes of answers on the wire is what the failure table must know. */

let answer: { status: number; body: string } | 'hang up';
let server: Server;
let asked = 0;
let leases: Leases;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    if (answer === 'hang up') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  leases = dynamoLeases.create({ CONTROL_TABLE: 'control' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const refusal = (status: number, name: string) => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'why' }),
});

test.each([
  ['a throttle', refusal(400, 'ProvisionedThroughputExceededException'), 'DependencyThrottled', 3],
  ['a fault of the service', refusal(500, 'InternalServerError'), 'DependencyUnavailable', 3],
  ['a proxy that lost the service', { status: 503, body: 'Service Unavailable' }, 'DependencyUnavailable', 3],
  ['a lost connection', 'hang up' as const, 'DependencyUnavailable', 3],
  ['a missing permission', refusal(400, 'AccessDeniedException'), 'AccessDenied', 1],
])('%s has its name, after the attempts that make sense', async (_, given, name, attempts) => {
  answer = given;
  asked = 0;
  await expect(leases.current('service/shop')).rejects.toEqual(failure(name));
  expect(asked).toBe(attempts);
});

test('what nobody foresaw is no missing lease', async () => {
  answer = refusal(400, 'ResourceNotFoundException');
  await expect(leases.current('service/shop')).rejects.toThrow('DynamoDB: ResourceNotFoundException: why');
});

test('a record that is no lease is corrupt, and says in which fields', async () => {
  const Item = { pk: { S: 'lease#service/shop' }, sk: { S: 'lease' }, holder: { S: 'run-a' }, token: { S: 'seven' } };
  answer = { status: 200, body: JSON.stringify({ Item }) };
  const read = leases.current('service/shop');
  await expect(read).rejects.toEqual(failure('RecordCorrupt'));
  await expect(read).rejects.toThrow(/resource.*token.*until/);
});
