import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeAll } from '@jest/globals';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { describeTraffic } from '../contracts/traffic.contract.ts';
import { describeEc2, newControlTable, someSubnets, uniqueName } from './account.ts';

const client = new ElasticLoadBalancingV2Client();
const listener = { arn: '', rules: 0 };

const newTargetGroup = async (VpcId: string): Promise<string> => {
  const made = await client.send(
    new CreateTargetGroupCommand({ Name: uniqueName('shop'), Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'ip' }),
  );
  return made.TargetGroups?.[0]?.TargetGroupArn ?? '';
};

const newRule = async (blue: string, green: string): Promise<string> => {
  listener.rules += 1;
  const TargetGroups = [
    { TargetGroupArn: blue, Weight: 100 },
    { TargetGroupArn: green, Weight: 0 },
  ];
  const made = await client.send(
    new CreateRuleCommand({
      ListenerArn: listener.arn,
      Priority: listener.rules,
      Conditions: [{ Field: 'path-pattern', Values: [`/${listener.rules}/*`] }],
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    }),
  );
  return made.Rules?.[0]?.RuleArn ?? '';
};

beforeAll(async () => {
  const Subnets = await someSubnets();
  const balancer = await client.send(new CreateLoadBalancerCommand({ Name: uniqueName('public'), Subnets }));
  const made = await client.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  listener.arn = made.Listeners?.[0]?.ListenerArn ?? '';
});

describeTraffic('Elastic Load Balancing and DynamoDB', async () => {
  const [vpc = ''] = await describeEc2('DescribeVpcs', /vpc-[0-9a-f]{8,}/g);
  const blue = await newTargetGroup(vpc);
  const green = await newTargetGroup(vpc);
  const TRAFFIC_RULES = { shop: { rule: await newRule(blue, green), blue, green } };
  return { port: albTraffic.create({ ...(await newControlTable()), TRAFFIC_RULES }), service: 'shop' };
});
