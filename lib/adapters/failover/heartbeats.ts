import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { slots } from '../../contracts/names.ts';
import type { Heartbeats } from '../../ports/failover.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { cloudWatchClientOf } from '../cloudwatch/client.ts';
import { loadBalancerClient } from '../elbv2/client.ts';
import { type Route, routeOf, routesSetting } from '../elbv2/route.ts';
import { secondRegionSettings } from '../rds/settings.ts';

/** The metric that the second region's witness reads. Terraform's module `failover` tells it by the same names. */
export const heartbeatMetric = { namespace: 'Evenkeel/Failover', name: 'HealthyTargets', dimension: 'Database' };

const heartbeatsOver = (routes: Record<string, Route>, region: string): Heartbeats => ({
  async healthyTargets(services) {
    const groups = services.map((service) => routeOf(routes, service)).flatMap((route) => slots.map((s) => route[s]));
    const counts = await Promise.all(groups.map(healthyIn));
    return counts.reduce((sum, count) => sum + count, 0);
  },
  async send(database, healthyTargets) {
    if (region === 'none') return;
    const { namespace: Namespace, name: MetricName, dimension: Name } = heartbeatMetric;
    const MetricData = [{ MetricName, Dimensions: [{ Name, Value: database }], Value: healthyTargets }];
    const command = new PutMetricDataCommand({ Namespace, MetricData });
    await calling('CloudWatch', () => cloudWatchClientOf(region).send(command));
  },
});

const healthyIn = async (TargetGroupArn: string): Promise<number> => {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn });
  const answer = await calling('Elastic Load Balancing', () => loadBalancerClient().send(command));
  return (answer.TargetHealthDescriptions ?? []).filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
};

const { SECOND_REGION } = secondRegionSettings;

export const crossRegionHeartbeats = adapter({ ...routesSetting, SECOND_REGION }, (config) =>
  heartbeatsOver(config.TRAFFIC_RULES, config.SECOND_REGION),
);
