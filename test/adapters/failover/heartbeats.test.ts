import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { crossRegionHeartbeats, heartbeatMetric } from '../../../lib/adapters/failover/heartbeats.ts';
import { describeHeartbeats } from '../../contracts/failover.contract.ts';
import { failure } from '../../contracts/good.ts';
import { fromEnvironment } from '../../support/settings.ts';

const balancer = mockClient(ElasticLoadBalancingV2Client);
const cloudwatch = mockClient(CloudWatchClient);

const TRAFFIC_RULES = JSON.stringify({ shop: { rule: 'rule', blue: 'blue', green: 'green' } });
const heartbeats = (SECOND_REGION = 'eu-central-1') =>
  fromEnvironment(crossRegionHeartbeats, { TRAFFIC_RULES, SECOND_REGION });
const targets = (...states: ('healthy' | 'unhealthy' | 'draining')[]) => ({
  TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } })),
});

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  balancer.reset();
  cloudwatch.reset();
  cloudwatch.on(PutMetricDataCommand).resolves({});
  balancer.on(DescribeTargetHealthCommand, { TargetGroupArn: 'blue' }).resolves(targets('healthy', 'unhealthy'));
  balancer.on(DescribeTargetHealthCommand, { TargetGroupArn: 'green' }).resolves(targets('draining', 'healthy'));
});

const sent = () => cloudwatch.commandCalls(PutMetricDataCommand).map(({ args: [{ input }] }) => input);

describeHeartbeats('AWS', async () => ({
  port: heartbeats(),
  database: 'shop-db',
  services: ['shop'],
  heard: async () => sent().at(-1)?.MetricData?.[0]?.Value,
  async sicken() {
    balancer.on(DescribeTargetHealthCommand).resolves(targets('unhealthy'));
  },
}));

test('the targets of both slots are counted', async () => {
  expect(await heartbeats().healthyTargets(['shop'])).toBe(2);
});

test('it is told in the second region, by the names that its witness reads', async () => {
  await heartbeats().send('shop-db', 2);
  const [call] = cloudwatch.commandCalls(PutMetricDataCommand);
  expect(await call?.thisValue.config.region()).toBe('eu-central-1');
  expect(sent()).toEqual([
    {
      Namespace: heartbeatMetric.namespace,
      MetricData: [
        {
          MetricName: heartbeatMetric.name,
          Dimensions: [{ Name: heartbeatMetric.dimension, Value: 'shop-db' }],
          Value: 2,
        },
      ],
    },
  ]);
});

test('where there is no second region nobody is told', async () => {
  await heartbeats('none').send('shop-db', 2);
  expect(sent()).toEqual([]);
});

test('a service without target groups is refused by name', async () => {
  await expect(heartbeats().healthyTargets(['other'])).rejects.toEqual(failure('ConfigInvalid'));
});

test('a load balancer that cannot be asked is no zero', async () => {
  balancer.on(DescribeTargetHealthCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  await expect(heartbeats().healthyTargets(['shop'])).rejects.toEqual(failure('AccessDenied'));
});
