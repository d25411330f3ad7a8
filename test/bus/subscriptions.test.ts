import { expect, test } from '@jest/globals';
import { ConfigInvalid } from '../../lib/contracts/failures.ts';
import { readSubscriptions } from '../../twin/bus/subscriptions/index.ts';
import { readWiring, twinPlace } from '../../twin/wiring/index.ts';

const aFunction = (...events: Record<string, unknown>[]) => ({
  place: twinPlace,
  functions: [
    {
      key: 'fn',
      name: 'evenkeel-twin-fn',
      arn: 'arn',
      module: 'm.ts',
      task: 'm',
      timeoutSeconds: 25,
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 3600,
      events,
    },
  ],
});
const pattern = { source: ['x'] };

test('all triggers of serverless.yml can be read', () => {
  expect(readSubscriptions(readWiring()).rules.map(({ target }) => target)).toEqual(
    expect.arrayContaining([
      'triggerDeployRequested',
      'triggerRollbackRequested',
      'triggerRunEnded',
      'triggerAlarmRaised',
    ]),
  );
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'an unknown kind',
    { sqs: 'arn' },
    'functions.fn.events[0].sqs: expected one of eventBridge, schedule, sns, httpApi',
  ],
  ['REST routes', { http: 'GET /x' }, 'functions.fn.events[0].http: expected one of'],
  ['an unknown option', { eventBridge: { pattern, filter: 1 } }, 'filter: '],
  ['a wrong type', { eventBridge: { pattern, enabled: 'yes' } }, 'enabled: '],
  ['neither pattern nor schedule', { eventBridge: {} }, 'expected either pattern or schedule'],
  ['a bad pattern', { eventBridge: { pattern: { source: 'x' } } }, 'pattern source: must be an object or an array'],
  ['a bad schedule', { schedule: 'rate(1 minutes)' }, 'ScheduleExpression "rate(1 minutes)" is not valid'],
  [
    'a zone on a rule',
    { schedule: { rate: ['rate(5 minutes)'], timezone: 'UTC' } },
    'timezone: only with method: scheduler',
  ],
  [
    'a path with scheduler',
    { schedule: { rate: ['rate(5 minutes)'], method: 'scheduler', inputPath: '$.a' } },
    'not with method: scheduler',
  ],
  ['two inputs', { eventBridge: { pattern, input: {}, inputPath: '$' } }, 'at most one of input'],
  ['a bad path', { eventBridge: { pattern, inputPath: '$..a' } }, 'is not a path such as $.detail.id'],
  [
    'a placeholder without a path',
    { eventBridge: { pattern, inputTransformer: { inputTemplate: '"<nobody>"' } } },
    'nothing is called <nobody>',
  ],
  ['no topic', { sns: { displayName: 'x' } }, 'expected topicName or arn'],
  ['a bad filter policy', { sns: { topicName: 't', filterPolicy: { a: 'b' } } }, 'a: must be an object or an array'],
  ['an authorizer', { httpApi: { path: '/x', authorizer: 'mine' } }, 'authorizer: '],
  ['a bad path of a route', { httpApi: 'GET x' }, 'expected * or a path that starts with /'],
  ['a bad method', { httpApi: 'FETCH /x' }, 'expected one of GET'],
])('%s is refused', (_, event, problem) => {
  expect(() => readSubscriptions(aFunction(event))).toThrow(ConfigInvalid);
  expect(() => readSubscriptions(aFunction(event))).toThrow(problem);
});

test('all problems are told at once, each with its place', () => {
  const wiring = aFunction({ sqs: 'a' }, { eventBridge: { pattern } }, { schedule: 'never' });
  expect(() => readSubscriptions(wiring)).toThrow(/events\[0\]\.sqs: .*; functions\.fn\.events\[2\]\.schedule: /);
});

test('what is not enabled does nothing', () => {
  const wiring = aFunction(
    { eventBridge: { pattern, enabled: false } },
    { schedule: { rate: ['rate(1 day)'], enabled: false } },
  );
  expect(readSubscriptions(wiring)).toEqual({ rules: [], timed: [], topics: [], routes: [] });
});
