import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { RDSClient } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { elastiCaches } from '../../lib/adapters/elasticache/caches.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { route53Dns } from '../../lib/adapters/failover/dns.ts';
import { rdsWriters } from '../../lib/adapters/failover/writers.ts';
import { rdsOperations } from '../../lib/adapters/rds/operations.ts';
import type { CertificateState } from '../../lib/contracts/certificate.ts';
import { grants } from '../../serverless/grants.ts';
import { aFact, aLiveRelease, aMessage, aRelease, digestOf } from '../contracts/good.ts';
import { aBackup, aDrill, aDrillOutcome, aManifest } from '../contracts/good-recovery.ts';
import { aChange, anAttempt, anIncident } from '../contracts/incidents.contract.ts';

/*
 * A role allows an adapter its own partitions of the control table. Here each method of each adapter is called once,
 * and the partitions it asks for are compared: a new kind of record must be granted, and none may be granted for nothing.
 */
const table = { CONTROL_TABLE: 'control' };
const now = '2026-05-01T10:00:00.000Z';
const lease = { resource: 'service/shop', holder: 'shop-r1', token: 1, until: now };
const route = { rule: 'arn:rule', blue: 'arn:blue', green: 'arn:green' };

const backups = dynamoBackups.create(table);
const certificates = dynamoCertificates.create(table);
const drills = dynamoDrills.create(table);
const incidents = dynamoIncidents.create(table);
const leases = dynamoLeases.create(table);
const ledger = dynamoLedger.create(table);
const outbox = dynamoOutbox.create(table);
const releases = dynamoReleases.create(table);
const traffic = albTraffic.create({ ...table, TRAFFIC_RULES: { shop: route } });
const second = {
  names: { 'shop.example.com': { zone: 'Z', url: 'http://shop.example.com', targets: { primary: 'a', second: 'b' } } },
  writers: { first: { region: 'eu-west-1', fenceSecurityGroup: 'sg', address: { host: '127.0.0.1', port: 1 } } },
  witnesses: {},
};
const dns = route53Dns.create({ ...table, FAILOVER: second });
const operations = rdsOperations.create(table);
const caches = elastiCaches.create(table);
const growth = { byPercent: 20, atMostGib: 1000, stamp: 'a' };
const writers = rdsWriters.create({ ...table, FAILOVER: second });

const aState: CertificateState = {
  subject: 'acm:1',
  health: 'OK',
  reasons: [],
  served: [],
  since: now,
  told: false,
  seenAt: now,
  services: [],
};

const calls: Record<string, (() => Promise<unknown>)[]> = {
  albTraffic: [() => traffic.shift('shop', { blue: 0, green: 100 }, 1)],
  dynamoBackups: [
    () => backups.begin(aBackup()),
    () => backups.begin(aBackup({ before: aManifest() })),
    () => backups.change('shop-b1', { status: 'complete' }),
    () => backups.find('shop-b1'),
    () => backups.recent('shop', 1),
  ],
  dynamoCertificates: [
    () => certificates.all(),
    () => certificates.keep([aState]),
    () => certificates.forget('acm:1'),
    () => certificates.cursors(),
    () => certificates.keepCursors([{ log: 'log', size: 1, root: 'AAAA' }]),
    () => certificates.keepReadings('run', []),
    () => certificates.readings('run'),
    () => certificates.keepFindings('run', 'part', []),
    () => certificates.findings('run'),
  ],
  dynamoDrills: [
    () => drills.open(aDrill()),
    () => drills.end('shop-d1', aDrillOutcome()),
    () => drills.find('shop-d1'),
    () => drills.recent('shop', 1),
  ],
  dynamoIncidents: [
    () => incidents.open(anIncident()),
    () => incidents.change('remedy-1', { status: 'asking' }),
    () => incidents.find('remedy-1'),
    () => incidents.acknowledge('remedy-1', 'alice', now),
    () => incidents.unended(1),
    () => incidents.recent(now),
    () => incidents.attempt(anAttempt()),
    () => incidents.endAttempt('remedy-1-0', { help: 'helped', endedAt: now }),
    () => incidents.attempts(now),
    () => incidents.keepChange(aChange()),
    () => incidents.changes('shop-errors', now),
    () => incidents.breaker('service/shop'),
    () => incidents.openBreaker({ resource: 'service/shop', openedAt: now, reason: 'too often' }),
    () => incidents.closeBreaker('service/shop'),
  ],
  dynamoLeases: [
    () => leases.take(lease.resource, lease.holder, now, now),
    () => leases.takeOver(lease.resource, lease.holder, now),
    () => leases.current(lease.resource),
    () => leases.release(lease),
  ],
  dynamoLedger: [() => ledger.append(aFact()), () => ledger.read('shop', 0, 1)],
  dynamoOutbox: [() => outbox.enqueue(aMessage()), () => outbox.pending(1)],
  dynamoReleases: [
    () => releases.live('shop'),
    () => releases.find('shop-r1'),
    () => releases.recent('shop', 1),
    () => releases.plan(aRelease()),
    () => releases.setLive('shop', aLiveRelease(), 1),
    () => releases.markBad('shop', digestOf('b'), 'crashed'),
    () => releases.badReason('shop', digestOf('b')),
  ],
  elastiCaches: [() => caches.failOver('shop', now, 1)],
  rdsOperations: [
    () => operations.restart('second', 'in-place', now, 1),
    () => operations.extendStorage('second', growth, 1),
    () => operations.promote('second', 1),
  ],
  rdsWriters: [() => writers.fence('first', 1), () => writers.promote('second', 1)],
  route53Dns: [() => dns.shift('shop.example.com', { primary: 0, second: 100 }, 1)],
};

type Request = {
  Key?: { pk: string };
  ExpressionAttributeValues?: Record<string, unknown>;
  TransactItems?: {
    Put?: { Item: { pk: string } };
    Update?: { Key: { pk: string } };
    Delete?: { Key: { pk: string } };
  }[];
};
type Part = NonNullable<Request['TransactItems']>[number];
const partitionOf = ({ Put, Update, Delete }: Part): string => String((Put?.Item ?? Update?.Key ?? Delete?.Key)?.pk);
const partitionsIn = ({ Key, ExpressionAttributeValues, TransactItems }: Request): string[] =>
  TransactItems?.map(partitionOf) ?? [String(Key?.pk ?? ExpressionAttributeValues?.[':pk'])];

/** An answer that every call can go on with; what a method makes of it is the contract suites' affair. */
const answer = { Attributes: { pk: 'x', sk: 'x', revision: 1, weights: { blue: 0, green: 100 } }, Items: [] };

const aSet = (SetIdentifier: string) => ({
  Name: 'shop.example.com.',
  Type: 'A' as const,
  SetIdentifier,
  Weight: 1,
  HealthCheckId: 'check',
});

const aGroup = {
  ReplicationGroupId: 'shop',
  AutomaticFailover: 'enabled' as const,
  NodeGroups: [{ NodeGroupId: '1' }],
};

const askedBy = async (adapter: string): Promise<string[]> => {
  const client = mockClient(DynamoDBDocumentClient);
  client.onAnyCommand().resolves(answer);
  const balancer = mockClient(ElasticLoadBalancingV2Client);
  balancer.onAnyCommand().resolves({});
  const rds = mockClient(RDSClient);
  rds.onAnyCommand().resolves({ DBInstances: [{ DBInstanceIdentifier: 'second', AllocatedStorage: 100 }] });
  const cache = mockClient(ElastiCacheClient);
  cache.on(DescribeReplicationGroupsCommand).resolves({ ReplicationGroups: [aGroup] });
  const route53 = mockClient(Route53Client);
  route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: ['primary', 'second'].map(aSet) });
  for (const call of calls[adapter] ?? []) await call().catch(() => undefined);
  const asked = client.calls().flatMap(({ args: [command] }) => partitionsIn(command.input as Request));
  client.restore();
  balancer.restore();
  rds.restore();
  cache.restore();
  route53.restore();
  return [...new Set(asked.map((pk) => pk.replace(/#.*$/, '#*')))].sort();
};

const restricted = Object.keys(grants).filter((name) => grants[name]?.partitions);

test.each(restricted)('%s asks for the partitions it is granted, and no others', async (name) => {
  expect(await askedBy(name)).toEqual(grants[name]?.partitions);
});
