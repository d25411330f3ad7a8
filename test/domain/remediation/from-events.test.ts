import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { AlarmChange } from '../../../lib/contracts/alarm.ts';
import {
  AlarmChanged,
  AlarmTold,
  DatabaseChanged,
  HealthChanged,
  ImageScanned,
} from '../../../lib/contracts/events.ts';
import { fromCloudWatch } from '../../../lib/domain/remediation/from-cloudwatch.ts';
import { fromEcr } from '../../../lib/domain/remediation/from-ecr.ts';
import { fromHealth } from '../../../lib/domain/remediation/from-health.ts';
import { fromRds } from '../../../lib/domain/remediation/from-rds.ts';
import { fromTopic } from '../../../lib/domain/remediation/from-topic.ts';
import { modelCatalog } from '../../../twin/model/catalog.ts';

const known = modelCatalog();
const time = '2026-05-01T10:00:01Z';
const envelope = { id: '1', time };
const valid = (change: AlarmChange | undefined) => v.parse(AlarmChange, change);

const dimensions = { DBInstanceIdentifier: 'shop-db' };
const aCloudWatchEvent = (detail: object = {}) => ({
  ...envelope,
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: {
    alarmName: 'shop-db-connections',
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-05-01T10:00:00.123+0000' },
    configuration: {
      description: 'Connections are near their limit',
      metrics: [
        { id: 'e1', expression: 'm1*100', returnData: true },
        { id: 'm1', metricStat: { metric: { namespace: 'AWS/RDS', name: 'DatabaseConnections', dimensions } } },
      ],
    },
    ...detail,
  },
});
const notice = {
  AlarmName: 'shop-db-connections',
  AlarmDescription: 'Connections are near their limit',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold Crossed',
  StateChangeTime: '2026-05-01T10:00:00.123+0000',
  Trigger: {
    MetricName: 'DatabaseConnections',
    Namespace: 'AWS/RDS',
    Dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-db' }],
  },
};
const onTopic = (...messages: unknown[]) => ({
  Records: messages.map((message) => ({ Sns: { MessageId: 'm', Message: JSON.stringify(message) } })),
});
const toldBy = (event: unknown) =>
  v.parse(AlarmTold, event).Records.flatMap(({ Sns }) => fromTopic(Sns.Message, known));

describe('an alarm of CloudWatch', () => {
  const change = () => valid(fromCloudWatch(v.parse(AlarmChanged, aCloudWatchEvent()), known));

  test('is about what its metric measures, and about the service that feels it', () => {
    expect(change()).toMatchObject({
      source: 'cloudwatch',
      resource: { kind: 'database', id: 'shop-db', service: 'shop' },
      state: 'firing',
      labels: { DBInstanceIdentifier: 'shop-db', namespace: 'AWS/RDS', metric: 'DatabaseConnections' },
    });
  });
  test('has the moment of its change, not that of its telling', () => {
    expect(change().at).toBe('2026-05-01T10:00:00.123Z');
  });
  test('is the same change when a topic tells it', () => {
    expect(toldBy(onTopic(notice))).toEqual([change()]);
  });
  test('that guards a service is about that service', () => {
    const event = v.parse(AlarmChanged, aCloudWatchEvent({ alarmName: 'shop-errors' }));
    expect(fromCloudWatch(event, known).resource).toEqual({ kind: 'service', id: 'shop', service: 'shop' });
  });
  test('that names nothing is about itself', () => {
    const event = v.parse(AlarmChanged, aCloudWatchEvent({ configuration: undefined }));
    expect(fromCloudWatch(event, known).resource).toEqual({ kind: 'other', id: 'shop-db-connections' });
  });
  test.each([
    ['OK', 'over'],
    ['INSUFFICIENT_DATA', 'unknown'],
  ])('%s is %s', (value, state) => {
    const event = v.parse(AlarmChanged, aCloudWatchEvent({ state: { value } }));
    expect(fromCloudWatch(event, known)).toMatchObject({ state, at: '2026-05-01T10:00:01.000Z' });
  });
});

const anAlert = (more: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'PodCrashLoops', job: 'shop', severity: 'critical' },
  annotations: { summary: 'pods of shop crash' },
  startsAt: '2026-05-01T10:00:00.5+02:00',
  endsAt: '0001-01-01T00:00:00Z',
  ...more,
});

describe('a group of Alertmanager', () => {
  test('is one change for each alert, at the moment from which it fires', () => {
    const over = anAlert({ status: 'resolved', endsAt: '2026-05-01T09:00:00Z' });
    const changes = toldBy(onTopic({ version: '4', alerts: [anAlert(), over] }));
    expect(changes.map(valid)).toMatchObject([
      { source: 'alertmanager', name: 'PodCrashLoops', state: 'firing', at: '2026-05-01T08:00:00.500Z' },
      { state: 'over', at: '2026-05-01T09:00:00.000Z' },
    ]);
    expect(changes[0]?.resource).toEqual({ kind: 'service', id: 'shop', service: 'shop' });
  });
  test('that is told again is the same change', () => {
    const group = onTopic({ version: '4', alerts: [anAlert()] });
    expect(toldBy(group)).toEqual(toldBy(group));
  });
});

test.each([
  ['no JSON', { Records: [{ Sns: { MessageId: 'm', Message: 'help' } }] }],
  ['nothing that we know', onTopic({ hello: 'world' })],
  ['a moment that is none', onTopic({ ...notice, StateChangeTime: 'yesterday' })],
  ['no message', { Records: [] }],
])('a topic that says %s is not read', (_, event) => {
  expect(v.safeParse(AlarmTold, event).success).toBe(false);
});

describe('an event of RDS', () => {
  const ofRds = (categories: string[]) =>
    fromRds(
      v.parse(DatabaseChanged, {
        ...envelope,
        source: 'aws.rds',
        'detail-type': 'RDS DB Instance Event',
        detail: {
          EventID: 'RDS-EVENT-0007',
          EventCategories: categories,
          SourceIdentifier: 'shop-db',
          Message: 'Allocated storage is used up',
        },
      }),
      known,
    );

  test.each([
    [['low storage'], 'firing'],
    [['failover', 'recovery'], 'over'],
    [['notification'], 'unknown'],
  ])('of %s is %s', (categories, state) => {
    expect(valid(ofRds(categories))).toMatchObject({
      state,
      resource: { kind: 'database', id: 'shop-db', service: 'shop' },
    });
  });
});

test.each([
  ['open', 'firing'],
  ['closed', 'over'],
  ['upcoming', 'unknown'],
])('an event of AWS Health that is %s is %s', (statusCode, state) => {
  const event = v.parse(HealthChanged, {
    ...envelope,
    source: 'aws.health',
    'detail-type': 'AWS Health Event',
    detail: {
      eventArn: 'arn:aws:health:eu-west-1::event/RDS/AWS_RDS_OPERATIONAL_ISSUE/1',
      service: 'RDS',
      eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
      eventTypeCategory: 'issue',
      statusCode,
      eventDescription: [{ language: 'en_US', latestDescription: 'Connections are refused' }],
    },
  });
  expect(valid(fromHealth(event))).toMatchObject({
    state,
    says: 'Connections are refused',
    resource: { kind: 'other' },
  });
});

test.each([
  [{ CRITICAL: 2, HIGH: 1 }, 'COMPLETE', 'firing'],
  [{ HIGH: 1 }, 'COMPLETE', 'over'],
  [{}, 'FAILED', 'unknown'],
])('a scan that found %j and is %s is %s', (counts, status, state) => {
  const event = v.parse(ImageScanned, {
    ...envelope,
    source: 'aws.ecr',
    'detail-type': 'ECR Image Scan',
    detail: {
      'scan-status': status,
      'repository-name': 'shop',
      'image-digest': 'sha256:1',
      'finding-severity-counts': counts,
    },
  });
  expect(valid(fromEcr(event)).state).toBe(state);
});
