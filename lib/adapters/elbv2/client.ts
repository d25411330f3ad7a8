import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const loadBalancerClient = once(() => new ElasticLoadBalancingV2Client(clientDefaults));
