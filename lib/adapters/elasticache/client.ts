import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const elastiCacheClient = once(() => new ElastiCacheClient(clientDefaults));
export const dependency = 'ElastiCache';
