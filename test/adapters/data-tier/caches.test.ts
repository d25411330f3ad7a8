import {
  APICallRateForCustomerExceededFault,
  CacheClusterNotFoundFault,
  DescribeCacheClustersCommand,
  DescribeEventsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  type Event,
  type ReplicationGroup,
  ReplicationGroupNotFoundFault,
  TestFailoverCommand,
  TestFailoverNotAvailableFault,
} from '@aws-sdk/client-elasticache';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { elastiCaches } from '../../../lib/adapters/elasticache/caches.ts';
import { describeCaches, presently } from '../../contracts/data-tier.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';
import { fakeRegisters } from '../failover/fakes.ts';

const elastiCache = mockClient(ElastiCacheClient);
const { reset, table } = fakeRegisters();
const cache = 'evenkeel-production';
const $metadata = {};
let group: ReplicationGroup;
let events: Event[];

beforeEach(() => {
  reset();
  events = [];
  group = {
    ReplicationGroupId: cache,
    Status: 'available',
    AutomaticFailover: 'enabled',
    NodeGroups: [{ NodeGroupId: '0001' }],
  };
  elastiCache.on(DescribeReplicationGroupsCommand).callsFake(({ ReplicationGroupId }) => {
    if (ReplicationGroupId === cache) return { ReplicationGroups: [group] };
    throw new ReplicationGroupNotFoundFault({ message: 'none', $metadata });
  });
  elastiCache.on(DescribeCacheClustersCommand).callsFake(({ CacheClusterId }) => {
    if (CacheClusterId === `${cache}-001`) return { CacheClusters: [{ ReplicationGroupId: cache }] };
    throw new CacheClusterNotFoundFault({ message: 'none', $metadata });
  });
  elastiCache
    .on(DescribeEventsCommand)
    .callsFake(({ StartTime }) => ({ Events: events.filter(({ Date: at = new Date(0) }) => at >= StartTime) }));
  elastiCache.on(TestFailoverCommand).callsFake(({ NodeGroupId }) => {
    events.push({ Message: `Test Failover API called for node group ${NodeGroupId}`, Date: new Date() });
    return {};
  });
});
afterEach(() => {
  elastiCache.reset();
  table.reset();
});

const port = () => fromEnvironment(elastiCaches, { CONTROL_TABLE: 'control' });
const asked = () => elastiCache.commandCalls(TestFailoverCommand).map(({ args: [{ input }] }) => input);

describeCaches('ElastiCache', async () => ({
  port: port(),
  cache,
  failovers: async () => asked().length,
  now: presently,
}));

test('a node stands for its cache', async () => {
  await port().failOver(`${cache}-001`, presently(), 1);
  expect(asked()).toEqual([{ ReplicationGroupId: cache, NodeGroupId: '0001' }]);
});

test.each([
  ['has no automatic failover', { AutomaticFailover: 'disabled' as const }, 'ActionImpossible'],
  ['has two shards', { NodeGroups: [{ NodeGroupId: '0001' }, { NodeGroupId: '0002' }] }, 'ActionImpossible'],
  ['is being changed', { Status: 'modifying' }, 'DatabaseBusy'],
])('a cache that %s is not failed over', async (_, differs, name) => {
  group = { ...group, ...differs };
  await expect(port().failOver(cache, presently(), 1)).rejects.toEqual(failure(name));
  expect(asked()).toEqual([]);
});

test('one that is changed by the failover that was asked for is not busy', async () => {
  const since = presently();
  await port().failOver(cache, since, 1);
  group = { ...group, Status: 'modifying' };
  await port().failOver(cache, since, 1);
  expect(asked()).toHaveLength(1);
});

test.each([
  new TestFailoverNotAvailableFault({ message: 'blocked for now', $metadata }),
  new APICallRateForCustomerExceededFault({ message: 'fifteen a day', $metadata }),
])('what AWS does not let be failed over is for people: $name', async (refusal) => {
  elastiCache.on(TestFailoverCommand).rejects(refusal);
  await expect(port().failOver(cache, presently(), 1)).rejects.toMatchObject({
    name: 'ActionImpossible',
    message: expect.stringContaining(refusal.message),
  });
});
