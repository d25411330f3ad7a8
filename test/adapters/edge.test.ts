import {
  CloudFrontClient,
  CreateInvalidationCommand,
  NoSuchDistribution,
  TooManyInvalidationsInProgress,
} from '@aws-sdk/client-cloudfront';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudFrontEdge } from '../../lib/adapters/edge/cloudfront.ts';
import { ruleSchedules } from '../../lib/adapters/edge/schedules.ts';
import { describeEdge, describeSchedules } from '../contracts/edge.contract.ts';
import { failure } from '../contracts/good.ts';

const [cloudFront, eventBridge] = [mockClient(CloudFrontClient), mockClient(EventBridgeClient)];
const $metadata = {};
const distribution = 'E2SHOP';
const rules = { nightly: 'cron(0 1 * * ? *)', alarms: undefined };
let references: Set<string>;
let disabled: string[];

/** CloudFront makes one invalidation of each reference; rules are on until they are disabled. */
beforeEach(() => {
  references = new Set();
  disabled = [];
  cloudFront.on(CreateInvalidationCommand).callsFake(({ DistributionId, InvalidationBatch }) => {
    if (DistributionId !== distribution) throw new NoSuchDistribution({ message: 'none', $metadata });
    references.add(InvalidationBatch.CallerReference);
    return {};
  });
  eventBridge.on(DescribeRuleCommand).callsFake(({ Name }) => {
    if (!(Name in rules)) throw new ResourceNotFoundException({ message: 'none', $metadata });
    const State = disabled.includes(Name) ? 'DISABLED' : 'ENABLED';
    return { Name, State, ScheduleExpression: rules[Name as keyof typeof rules] };
  });
  eventBridge.on(DisableRuleCommand).callsFake(({ Name }) => {
    disabled.push(Name);
    return {};
  });
});
afterEach(() => {
  cloudFront.reset();
  eventBridge.reset();
});

const edge = () => cloudFrontEdge.create({});
const schedules = () => ruleSchedules.create({});

describeEdge('CloudFront', async () => ({ port: edge(), distribution, purges: async () => references.size }));
describeSchedules('EventBridge', async () => ({
  port: schedules(),
  schedule: 'nightly',
  isPaused: async () => disabled.includes('nightly'),
}));

test('the one path is asked for, under the stamp', async () => {
  await edge().purge(distribution, '/news/*', 'remedy-1-0');
  const [asked] = cloudFront.commandCalls(CreateInvalidationCommand);
  expect(asked?.args[0].input).toEqual({
    DistributionId: distribution,
    InvalidationBatch: { CallerReference: 'remedy-1-0', Paths: { Quantity: 1, Items: ['/news/*'] } },
  });
});

test('too many at once is taken later', async () => {
  const busy = new TooManyInvalidationsInProgress({ message: 'too many', $metadata });
  cloudFront.on(CreateInvalidationCommand).rejects(busy);
  await expect(edge().purge(distribution, '/', 'a')).rejects.toEqual(failure('DependencyThrottled'));
});

test('a rule that listens to events is no schedule', async () => {
  await expect(schedules().pause('alarms')).rejects.toEqual(failure('ActionImpossible'));
  expect(disabled).toEqual([]);
});
