import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { pagerDuty } from '../../lib/adapters/pagerduty/pager.ts';
import type { Failure } from '../../lib/contracts/failure.ts';
import { failure } from '../contracts/good.ts';
import { aCall, describePager, stateAfter } from '../contracts/pager.contract.ts';
import { fromEnvironment } from '../support/settings.ts';

const secrets = mockClient(SecretsManagerClient);
const keys = { platform: 'p'.repeat(32), leads: 'l'.repeat(32) };
let server: Server;
let heard: { routing_key: string; event_action: string; dedup_key: string; payload?: unknown }[];
let answer: { status: number; body: object };

beforeEach(async () => {
  process.env.AWS_REGION = 'eu-west-1';
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(keys) });
  heard = [];
  answer = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: 'remedy-1/0' } };
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push(JSON.parse(Buffer.concat(parts).toString()));
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  secrets.reset();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/enqueue`;
const pager = () => fromEnvironment(pagerDuty, { PAGER_KEYS_SECRET: 'arn:secret', PAGER_URL: url() });

describePager('PagerDuty', async () => ({ port: pager(), state: async (key) => stateAfter(heard, key) }));

const refusalOf = async (): Promise<Failure> => {
  const [call] = await Promise.allSettled([pager().call(aCall())]);
  if (call.status === 'rejected') return call.reason as Failure;
  throw new Error('it was taken');
};

describe('the Events API v2', () => {
  test('a call is an alert of the rota, with all that people need', async () => {
    await pager().call(aCall());
    expect(heard).toEqual([
      {
        routing_key: keys.platform,
        event_action: 'trigger',
        dedup_key: 'remedy-1/0',
        client: 'Evenkeel',
        payload: {
          summary: 'service/shop: remedy-1 needs alice',
          source: 'service/shop',
          severity: 'critical',
          timestamp: '2026-05-01T10:00:00.000Z',
          component: 'shop',
          group: 'platform',
          class: 'incident',
          custom_details: { person: 'alice', says: 'no rung is left' },
        },
      },
    ]);
  });

  test('each rota has a key of its own', async () => {
    await pager().acknowledge({ key: 'remedy-1/1', rota: 'leads' });
    expect(heard).toEqual([{ routing_key: keys.leads, event_action: 'acknowledge', dedup_key: 'remedy-1/1' }]);
  });

  test.each([
    [400, 'PagerRefused'],
    [404, 'PagerRefused'],
    [429, 'DependencyThrottled'],
    [500, 'DependencyUnavailable'],
    [204, 'DependencyUnavailable'],
  ])('%i is %s', async (status, name) => {
    answer = { status, body: {} };
    expect(await refusalOf()).toEqual(failure(name));
  });

  test('an answer that repeats the key does not bring it into a message', async () => {
    answer = { status: 400, body: { message: 'Event object is invalid', errors: [`routing_key ${keys.platform}`] } };
    const { message, data } = await refusalOf();
    expect(message).toContain('Event object is invalid');
    expect(JSON.stringify([message, data])).not.toContain(keys.platform);
  });

  test('nobody answers', async () => {
    const closed = fromEnvironment(pagerDuty, { PAGER_KEYS_SECRET: 'arn:secret', PAGER_URL: 'http://127.0.0.1:1/' });
    await expect(closed.call(aCall())).rejects.toEqual(failure('DependencyUnavailable'));
  });

  test('a rota without a key is named, and no key is', async () => {
    const call = pager().call(aCall({ rota: 'night' }));
    await expect(call).rejects.toEqual(failure('ConfigInvalid'));
    await expect(call).rejects.toThrow('no routing key for the rota night; there are: platform, leads');
    expect(heard).toEqual([]);
  });
});
