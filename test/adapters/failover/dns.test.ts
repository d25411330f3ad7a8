import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { route53Dns } from '../../../lib/adapters/failover/dns.ts';
import { describeDns } from '../../contracts/failover.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';
import { fakeRegisters } from './fakes.ts';

const record = 'shop.example.com';
const path = '/items';
const route53 = mockClient(Route53Client);
const { reset, table } = fakeRegisters();
let sets: ResourceRecordSet[];

const aSet = (SetIdentifier: string, Weight: number, differs: Partial<ResourceRecordSet> = {}): ResourceRecordSet => ({
  Name: `${record}.`,
  Type: 'A',
  SetIdentifier,
  Weight,
  HealthCheckId: `check-${SetIdentifier}`,
  AliasTarget: { HostedZoneId: 'Z', DNSName: `${SetIdentifier}.elb.example.com`, EvaluateTargetHealth: true },
  ...differs,
});

beforeEach(() => {
  process.env.AWS_REGION = 'eu-central-1';
  reset();
  sets = [aSet('primary', 100), aSet('second', 0), { ...aSet('x', 1), Name: 'shopping.example.com.' }];
  route53.on(ListResourceRecordSetsCommand).callsFake(() => ({ ResourceRecordSets: sets }));
  route53.on(ChangeResourceRecordSetsCommand).callsFake(({ ChangeBatch }) => {
    for (const { ResourceRecordSet: changed } of ChangeBatch.Changes)
      sets = sets.map((set) => (sameSet(set, changed) ? changed : set));
    return {};
  });
});
afterEach(() => {
  route53.reset();
  table.reset();
});

const sameSet = (a: ResourceRecordSet, b: ResourceRecordSet) =>
  a.Name === b.Name && a.Type === b.Type && a.SetIdentifier === b.SetIdentifier;

type Targets = { primary: string; second: string };
const dns = (targets: Targets = { primary: '192.0.2.1', second: '192.0.2.2' }, url = 'http://shop.example.com') => {
  const names = { [record]: { zone: 'Z1', url, targets } };
  return fromEnvironment(route53Dns, { CONTROL_TABLE: 'control', FAILOVER: JSON.stringify({ names }) });
};

describeDns('Route 53', async () => ({ port: dns(), record, path }));

describe('a shift', () => {
  test('changes the weights of all types in one batch, and nothing else of them', async () => {
    sets.push(aSet('primary', 100, { Type: 'AAAA' }), aSet('second', 0, { Type: 'AAAA' }));
    await dns().shift(record, { primary: 0, second: 100 }, 1);
    const [call] = route53.commandCalls(ChangeResourceRecordSetsCommand);
    const changes = call?.args[0].input.ChangeBatch?.Changes ?? [];
    expect(changes.map(({ Action }) => Action)).toEqual(['UPSERT', 'UPSERT', 'UPSERT', 'UPSERT']);
    expect(changes[0]?.ResourceRecordSet).toEqual(aSet('primary', 0));
    expect(route53.commandCalls(ChangeResourceRecordSetsCommand)).toHaveLength(1);
  });
  test.each([
    ['without a health check', [aSet('primary', 100), aSet('second', 0, { HealthCheckId: undefined })]],
    ['without a weight', [aSet('primary', 100, { Weight: undefined }), aSet('second', 0)]],
    ['with one side alone', [aSet('primary', 100)]],
  ])('of a pair %s is refused before anything is written', async (_, given) => {
    sets = given;
    await expect(dns().shift(record, { primary: 0, second: 100 }, 1)).rejects.toEqual(failure('DnsRecordInvalid'));
    expect(route53.commandCalls(ChangeResourceRecordSetsCommand)).toEqual([]);
  });
});

test('weights are shares in percent', async () => {
  sets = [aSet('primary', 1), aSet('second', 3)];
  expect(await dns().weights(record)).toEqual({ primary: 25, second: 75 });
});

test('two weights of zero are no answer', async () => {
  sets = [aSet('primary', 0), aSet('second', 0)];
  await expect(dns().weights(record)).rejects.toEqual(failure('DnsRecordInvalid'));
});

describe('requests through a name', () => {
  let server: Server;
  let url: string;
  let status = 200;
  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(status).end('items'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  afterEach(() => {
    status = 200;
  });

  test.each([
    ['primary', { primary: '127.0.0.1', second: '192.0.2.2' }],
    ['second', { primary: '192.0.2.1', second: '127.0.0.1' }],
    [undefined, { primary: '127.0.0.1', second: '127.0.0.1' }],
    [undefined, { primary: '192.0.2.1', second: '192.0.2.2' }],
  ])('are answered by %s, as the address says', async (side, targets) => {
    const answers = await dns(targets, url).request(record, 3, path);
    expect(answers.map((answer) => [answer.ok, answer.side])).toEqual(Array.from({ length: 3 }, () => [true, side]));
  });
  test('that are answered with an error are not ok', async () => {
    status = 503;
    expect((await dns(undefined, url).request(record, 2, path)).map(({ ok }) => ok)).toEqual([false, false]);
  });
  test('that nobody answers are not ok', async () => {
    const answers = await dns(undefined, 'http://127.0.0.1:1').request(record, 2, path);
    expect(answers.map(({ ok }) => ok)).toEqual([false, false]);
  });
});

test.each([
  ['is not JSON', '{'],
  ['has a name that is none', JSON.stringify({ names: { shop: {} } })],
  ['has a field that nobody reads', JSON.stringify({ region: 'eu-west-1' })],
])('the settings are refused when FAILOVER %s', (_, FAILOVER) => {
  expect(() => fromEnvironment(route53Dns, { CONTROL_TABLE: 'control', FAILOVER })).toThrow(/FAILOVER/);
});
