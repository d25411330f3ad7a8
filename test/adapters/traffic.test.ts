import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  type ModifyRuleCommandInput,
  type TargetGroupTuple,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import type { Weights } from '../../lib/contracts/routing.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const shop = { rule: 'arn:rule', blue: 'arn:blue', green: 'arn:green' };
const environment = { CONTROL_TABLE: 'control', TRAFFIC_RULES: JSON.stringify({ shop }) };
const allBlue = { blue: 100, green: 0 };
const allGreen = { blue: 0, green: 100 };

const balancer = mockClient(ElasticLoadBalancingV2Client);
const table = mockClient(DynamoDBDocumentClient);
beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  balancer.reset();
  table.reset();
});

const traffic = () => fromEnvironment(albTraffic, environment);
const register = (revision: number, token: number, weights: Weights) => ({ revision, token, weights });
const written = () => balancer.commandCalls(ModifyRuleCommand).map(({ args: [{ input }] }) => weightsIn(input));
const weightsIn = ({ Actions }: ModifyRuleCommandInput) =>
  Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight);

describe('a shift', () => {
  test('writes the rule once, as one forward to both groups without stickiness', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allGreen) });
    table.on(GetCommand).resolves({ Item: register(1, 7, allGreen) });
    await traffic().shift('shop', allGreen, 7);
    expect(balancer.commandCalls(ModifyRuleCommand)).toHaveLength(1);
    expect(balancer.commandCalls(ModifyRuleCommand)[0]?.args[0].input).toEqual({
      RuleArn: 'arn:rule',
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: 'arn:blue', Weight: 0 },
              { TargetGroupArn: 'arn:green', Weight: 100 },
            ],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
    });
  });

  test('asks the load balancer nothing: an undo depends on no reading', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allBlue) });
    table.on(GetCommand).resolves({ Item: register(1, 7, allBlue) });
    await traffic().shift('shop', allBlue, 7);
    expect(balancer.calls()).toHaveLength(1);
  });

  test('is conditional on the fencing token alone', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allGreen) });
    table.on(GetCommand).resolves({ Item: register(1, 7, allGreen) });
    await traffic().shift('shop', allGreen, 7);
    expect(table.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      Key: { pk: 'traffic#shop', sk: 'register' },
      ConditionExpression: 'attribute_not_exists(pk) OR #token <= :token',
      ExpressionAttributeValues: { ':token': 7, ':weights': allGreen },
    });
  });

  test('that came late ends with the weights of whoever was newer', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allGreen) });
    table.on(GetCommand).resolves({ Item: register(2, 8, allBlue) });
    await traffic().shift('shop', allGreen, 7);
    expect(written()).toEqual([
      [0, 100],
      [100, 0],
    ]);
  });

  test('that meets a newer write under its own token gives way too', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(4, 7, allGreen) });
    table.on(GetCommand).resolves({ Item: register(5, 7, allBlue) });
    await traffic().shift('shop', allGreen, 7);
    expect(written().at(-1)).toEqual([100, 0]);
  });

  test('that is overtaken again and again ends as a write conflict', async () => {
    let revision = 1;
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allGreen) });
    table.on(GetCommand).callsFake(() => {
      revision += 1;
      return { Item: register(revision, 8, allBlue) };
    });
    await expect(traffic().shift('shop', allGreen, 7)).rejects.toEqual(failure('WriteConflict'));
  });

  test('with an older token does not reach the load balancer', async () => {
    table.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    table.on(GetCommand).resolves({ Item: register(2, 8, allBlue) });
    await expect(traffic().shift('shop', allGreen, 7)).rejects.toMatchObject({
      name: 'LeaseLost',
      data: { resource: 'service/shop', token: 7, newest: 8 },
    });
    expect(balancer.calls()).toEqual([]);
  });

  test('that the load balancer throttles is worth a retry, and the retry is harmless', async () => {
    table.on(UpdateCommand).resolves({ Attributes: register(1, 7, allGreen) });
    balancer.on(ModifyRuleCommand).rejects(Object.assign(new Error('slow down'), { name: 'Throttling' }));
    await expect(traffic().shift('shop', allGreen, 7)).rejects.toEqual(failure('DependencyThrottled'));
  });

  test('of a service without a rule says which rules there are', async () => {
    await expect(traffic().shift('other', allGreen, 7)).rejects.toThrow(
      'no rule for service "other", got rules for shop',
    );
  });
});

describe('the weights', () => {
  const ruleForwardsTo = (...TargetGroups: TargetGroupTuple[]) =>
    balancer
      .on(DescribeRulesCommand)
      .resolves({ Rules: [{ Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] }] });
  const blue = (Weight: number) => ({ TargetGroupArn: 'arn:blue', Weight });
  const green = (Weight: number) => ({ TargetGroupArn: 'arn:green', Weight });

  test('are shares of the load balancer in percent', async () => {
    ruleForwardsTo(green(1), blue(3));
    expect(await traffic().weights('shop')).toEqual({ blue: 75, green: 25 });
  });

  test('of a rule with a single group are all of it', async () => {
    balancer
      .on(DescribeRulesCommand)
      .resolves({ Rules: [{ Actions: [{ Type: 'forward', TargetGroupArn: 'arn:green' }] }] });
    expect(await traffic().weights('shop')).toEqual(allGreen);
  });

  test.each([
    ['goes to nobody', [blue(0), green(0)]],
    ['goes to a stranger too', [blue(50), { TargetGroupArn: 'arn:other', Weight: 50 }]],
    ['has no forward', []],
  ])('of a rule that %s are refused, never guessed', async (_, groups) => {
    ruleForwardsTo(...groups);
    await expect(traffic().weights('shop')).rejects.toEqual(failure('WeightsInvalid'));
  });
});

describe('the settings', () => {
  test.each([
    ['is not JSON', '{'],
    ['lacks a group', JSON.stringify({ shop: { rule: 'arn:rule', blue: 'arn:blue' } })],
    ['has a field that nobody reads', JSON.stringify({ shop: { ...shop, weight: 3 } })],
    ['names no service', JSON.stringify({ 'Not A Service': shop })],
  ])('are refused when TRAFFIC_RULES %s', (_, TRAFFIC_RULES) => {
    expect(() => fromEnvironment(albTraffic, { ...environment, TRAFFIC_RULES })).toThrow(/TRAFFIC_RULES/);
  });
});
