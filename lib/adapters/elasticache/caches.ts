import {
  APICallRateForCustomerExceededFault,
  DescribeEventsCommand,
  type ReplicationGroup,
  TestFailoverCommand,
  TestFailoverNotAvailableFault,
} from '@aws-sdk/client-elasticache';
import { ActionImpossible, DatabaseBusy } from '../../contracts/failures.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { Caches } from '../../ports/data-tier.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { actRegister } from '../dynamodb/act-register.ts';
import { type Table, tableNamed, tableSetting } from '../dynamodb/table.ts';
import { dependency, elastiCacheClient } from './client.ts';
import { findGroup } from './find-group.ts';

/**
 * The API is called TestFailover, and is the one that fails over a cache as it would fail over by itself, which leaves its settings as
 * they are. The other way, ModifyReplicationGroup with a primary, is refused as long as automatic failover is on; it would have to be
 * off for minutes, in which the cache could lose its primary for good. AWS may refuse the call: then it is people's.
 */
const cachesOver = (table: Table): Caches => ({
  async failOver(id, since, token) {
    const group = await findGroup(elastiCacheClient(), id);
    const NodeGroupId = onlyShard(group);
    await actRegister(table, `cache/${group.ReplicationGroupId}`).admit({ act: 'fail-over' }, token);
    if (await failedOver(group, since)) return;
    if (group.Status !== 'available')
      throw new DatabaseBusy(`cache ${id}: is ${group.Status}; the same call is taken later`, { id });
    await failOver({ ReplicationGroupId: group.ReplicationGroupId, NodeGroupId });
  },
});

/** Errors: `ActionImpossible` where there is nothing to fail over to, and where nobody said which of several shards. */
const onlyShard = ({ ReplicationGroupId: id, AutomaticFailover, NodeGroups = [] }: ReplicationGroup): string => {
  const [shard, ...others] = NodeGroups;
  if (AutomaticFailover !== 'enabled')
    throw new ActionImpossible(`cache ${id}: automatic failover is ${AutomaticFailover}, so no replica takes over`, {
      id,
    });
  if (shard?.NodeGroupId && others.length === 0) return shard.NodeGroupId;
  throw new ActionImpossible(`cache ${id}: has ${NodeGroups.length} shards, and one can be failed over`, { id });
};

/** Rule: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_TestFailover.html, its events in their order. */
const begun = /Test Failover API called|Failover from (primary|master) node/i;

const failedOver = async ({ ReplicationGroupId }: ReplicationGroup, since: Instant): Promise<boolean> => {
  const command = new DescribeEventsCommand({
    SourceIdentifier: ReplicationGroupId,
    SourceType: 'replication-group',
    StartTime: new Date(since),
  });
  const { Events = [] } = await calling(dependency, () => elastiCacheClient().send(command));
  return Events.some(({ Message = '' }) => begun.test(Message));
};

const isRefusal = (error: unknown): error is Error =>
  error instanceof TestFailoverNotAvailableFault || error instanceof APICallRateForCustomerExceededFault;

const failOver = (wish: { ReplicationGroupId: string | undefined; NodeGroupId: string }): Promise<void> =>
  calling(dependency, async () => {
    try {
      await elastiCacheClient().send(new TestFailoverCommand(wish));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      throw new ActionImpossible(`cache ${wish.ReplicationGroupId}: ${error.message}`, { ...wish }, { cause: error });
    }
  });

export const elastiCaches = adapter(tableSetting, ({ CONTROL_TABLE }) => cachesOver(tableNamed(CONTROL_TABLE)));
