import {
  CacheClusterNotFoundFault,
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  type ElastiCacheClient,
  type ReplicationGroup,
  ReplicationGroupNotFoundFault,
} from '@aws-sdk/client-elasticache';
import { ActionImpossible } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { dependency } from './client.ts';

const unless = async <T>(absent: new (...args: never[]) => Error, ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof absent) return undefined;
    throw error;
  }
};

const groupNamed = (client: ElastiCacheClient, ReplicationGroupId: string): Promise<ReplicationGroup | undefined> =>
  calling(dependency, async () => {
    const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId });
    const found = await unless(ReplicationGroupNotFoundFault, () => client.send(command));
    return found?.ReplicationGroups?.[0];
  });

const groupOfNode = (client: ElastiCacheClient, CacheClusterId: string): Promise<string | undefined> =>
  calling(dependency, async () => {
    const command = new DescribeCacheClustersCommand({ CacheClusterId });
    const found = await unless(CacheClusterNotFoundFault, () => client.send(command));
    return found?.CacheClusters?.[0]?.ReplicationGroupId;
  });

/** By its own name or that of one of its nodes, as alarms on nodes have it. Errors: `ActionImpossible` for neither. */
export const findGroup = async (client: ElastiCacheClient, id: string): Promise<ReplicationGroup> => {
  const named = await groupNamed(client, id);
  const owner = named ? undefined : await groupOfNode(client, id);
  const found = named ?? (owner && (await groupNamed(client, owner)));
  if (found) return found;
  throw new ActionImpossible(`cache ${id}: there is no cache, and no node of one, with this name`, { id });
};
