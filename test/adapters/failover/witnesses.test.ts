import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetHealthCheckStatusCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { regionWitnesses } from '../../../lib/adapters/failover/witnesses.ts';
import { judgeAddresses, judgeCheckers, judgeHeartbeat } from '../../../lib/domain/failover/judge-witness.ts';
import { describeWitnesses } from '../../contracts/failover.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';

const route53 = mockClient(Route53Client);
const cloudwatch = mockClient(CloudWatchClient);
let server: Server;
let port: number;

const checkersSay = (...statuses: string[]) =>
  route53.on(GetHealthCheckStatusCommand).resolves({
    HealthCheckObservations: statuses.map((Status) => ({ StatusReport: { Status, CheckedTime: new Date() } })),
  });
const heartbeat = (minutesAgo: number, value: number) =>
  cloudwatch.on(GetMetricDataCommand).callsFake(() => ({
    MetricDataResults: [
      {
        Id: 'healthy',
        StatusCode: 'Complete',
        Timestamps: [new Date(Date.now() - minutesAgo * 60_000)],
        Values: [value],
      },
    ],
  }));

beforeEach(async () => {
  process.env.AWS_REGION = 'eu-central-1';
  server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  checkersSay('Success: HTTP Status Code 200, OK', 'Failure: timed out');
  heartbeat(1, 3);
});
afterEach(async () => {
  route53.reset();
  cloudwatch.reset();
  await new Promise((resolve) => server.close(resolve));
});

/** No host has this address, so the kernel refuses to send: nobody answers, and nothing leaves the machine. */
const nobody = { host: '255.255.255.255', port: 5432 };
const witnesses = (address: { host: string; port: number } = { host: '127.0.0.1', port }) => {
  const metric = { namespace: 'Evenkeel/Failover', name: 'HealthyTargets', dimensions: { Region: 'eu-west-1' } };
  const of = { healthCheck: 'check-1', metric, addresses: [address] };
  return fromEnvironment(regionWitnesses, { FAILOVER: JSON.stringify({ witnesses: { 'shop-db': of } }) });
};

describeWitnesses('AWS', async () => {
  let port = witnesses();
  return {
    port: { ask: (database) => port.ask(database) },
    database: 'shop-db',
    async lose() {
      checkersSay('Failure: timed out', 'Failure: connection refused');
      heartbeat(10, 3);
      port = witnesses(nobody);
    },
  };
});

const saw = async () => Object.fromEntries((await witnesses().ask('shop-db')).map((each) => [each.name, each.saw]));

test('one that cannot be asked is unknown, and the others are asked all the same', async () => {
  route53.on(GetHealthCheckStatusCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  expect(await saw()).toEqual({ 'health-check': 'unknown', 'load-balancer': 'answers', addresses: 'answers' });
});

test('a database that the settings do not know cannot be asked about at all', async () => {
  await expect(witnesses().ask('other')).rejects.toEqual(failure('ConfigInvalid'));
});

describe('checkers', () => {
  test.each([
    ['all fail', ['Failure: a', 'Failure: b'], 'lost'],
    ['one gets an answer', ['Failure: a', 'Success: b'], 'answers'],
    ['one says something else', ['Failure: a', 'Resolved'], 'unknown'],
    ['none spoke', [], 'unknown'],
  ] as const)('%s', (_, statuses, expected) => {
    expect(judgeCheckers(statuses.map((status) => ({ status }))).saw).toBe(expected);
  });
});

describe('a heartbeat', () => {
  const now = '2026-05-01T10:00:00.000Z';
  test.each([
    ['a minute ago', [{ at: '2026-05-01T09:59:00.000Z', value: 3 }], 'answers'],
    ['silent for ten minutes', [{ at: '2026-05-01T09:50:00.000Z', value: 3 }], 'lost'],
    ['never heard', [], 'unknown'],
    ['that never counted a healthy target', [{ at: '2026-05-01T09:59:00.000Z', value: 0 }], 'unknown'],
    [
      'of nobody, after some',
      [
        { at: '2026-05-01T09:59:00.000Z', value: 0 },
        { at: '2026-05-01T09:58:00.000Z', value: 3 },
      ],
      'lost',
    ],
  ] as const)('%s', (_, points, expected) => {
    expect(judgeHeartbeat(points, now).saw).toBe(expected);
  });
  test('tells the last sign of life', () => {
    expect(judgeHeartbeat([{ at: '2026-05-01T09:50:00.000Z', value: 3 }], now).lastSignAt).toBe(
      '2026-05-01T09:50:00.000Z',
    );
  });
});

describe('addresses', () => {
  test.each([
    [['silent', 'silent'], 'lost'],
    [['silent', 'connected'], 'answers'],
    [['silent', 'refused'], 'answers'],
    [['silent', 'unnamed'], 'unknown'],
    [[], 'unknown'],
  ] as const)('%j', (hows, expected) => {
    expect(judgeAddresses(hows.map((how) => ({ to: 'a:1', how }))).saw).toBe(expected);
  });
});
