import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { AlarmChanged, AlarmRaised, RunEnded } from '../../lib/contracts/events.ts';
import { fromCloudWatch } from '../../lib/domain/remediation/from-cloudwatch.ts';
import { alarmStateChanged, executionStatusChanged } from '../../twin/bus/index.ts';
import { twinPlace } from '../../twin/wiring/index.ts';
import { aBus, startMs } from './support.ts';

const aChange = {
  executionArn: 'arn:aws:states:eu-west-1:000000000000:execution:m:shop-r1',
  stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:m',
  name: 'shop-r1',
  status: 'FAILED' as const,
  startDate: startMs,
  stopDate: startMs + 1000,
  input: '{}',
  inputDetails: { included: true },
  output: null,
  outputDetails: null,
  error: 'Broken',
  cause: 'no luck',
};

test('the end of a run is the event that its trigger reads', () => {
  const [event] = aBus().bus.publish([{ event: executionStatusChanged(aChange) }]);
  expect(v.parse(RunEnded, event).detail.name).toBe('shop-r1');
  expect(event?.resources).toEqual([aChange.executionArn]);
});

test('an alarm that changes is the event that its trigger reads', () => {
  const alarm = { name: 'shop-5xx', state: 'alarm', previous: 'ok', reason: 'Threshold Crossed' } as const;
  const [event] = aBus().bus.publish([{ event: alarmStateChanged(alarm, twinPlace, startMs) }]);
  expect(v.parse(AlarmRaised, event).detail.alarmName).toBe('shop-5xx');
  expect(event?.detail).toMatchObject({
    state: { value: 'ALARM', timestamp: '2026-05-01T10:00:00.000+0000' },
    previousState: { value: 'OK' },
  });
});

test('what an alarm measures is what the resource of its change is known by', () => {
  const metric = {
    namespace: 'Evenkeel/Database',
    name: 'ConnectionsShare',
    dimensions: { DBInstanceIdentifier: 'twin' },
  };
  const alarm = { name: 'twin-connections', state: 'alarm', previous: 'ok', reason: 'above 0.8', metric } as const;
  const [event] = aBus().bus.publish([{ event: alarmStateChanged(alarm, twinPlace, startMs) }]);
  const { resource, labels } = fromCloudWatch(v.parse(AlarmChanged, event), { services: [], databases: [] });
  expect([resource, labels.metric]).toEqual([{ kind: 'database', id: 'twin' }, 'ConnectionsShare']);
});
