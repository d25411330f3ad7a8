import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordOutcome } from '../../functions/reconcile/record-outcome.ts';
import type { Looked } from '../../lib/contracts/reconcile.ts';
import { reconcileAlarms } from '../../serverless/reconcile-alarms.ts';
import { root } from '../support/sources.ts';

const { ReconcileHeartbeatFilter: filter, ReconcileHeartbeatAlarm: alarm } = reconcileAlarms;
const nothing: Looked = { findings: [], more: 0, blind: [], oldestMessageSeconds: 0 };

const endOf = async (end: { looked: Looked | null; mended: number; failed: null }) => {
  const lines: Record<string, unknown>[] = [];
  const kept: unknown[] = [];
  const log = { info: (message: string, facts = {}) => void lines.push({ message, ...facts }), error: () => {} };
  const ledger = {
    append: async (fact: object) => {
      kept.push(fact);
      return fact as never;
    },
    read: async () => [],
  };
  const ports = { ledger, clock: { now: () => '2026-05-01T10:00:00.000Z' } };
  const call = { run: 'arn:run', remainingMs: () => 1000, log };
  const ended = await recordOutcome.run(ports, { run: 'arn:run', ...end }, call).catch((error: unknown) => error);
  return { ended, lines, kept };
};

test('a whole run writes what the filter looks for, and keeps the ledger short when there was nothing', async () => {
  const { lines, kept } = await endOf({ looked: nothing, mended: 0, failed: null });
  expect(filter?.Properties.FilterPattern).toBe('{ ($.message = "reconciled") && ($.found >= 0) }');
  expect(lines).toEqual([{ message: 'reconciled', found: 0, mended: 0, oldestMessageSeconds: 0 }]);
  expect(kept).toEqual([]);
});

test('a run that could not look everywhere has no heartbeat, and fails with what it could not read', async () => {
  const { ended, lines, kept } = await endOf({ looked: { ...nothing, blind: ['alarms'] }, mended: 0, failed: null });
  expect(ended).toMatchObject({
    name: 'ReconcileIncomplete',
    message: expect.stringMatching(/alarms could not be read/),
  });
  expect(lines).toEqual([]);
  expect(kept).toHaveLength(1);
});

test('no line is an alarm, which tells the topic by itself and has a page', () => {
  const MetricName = alarm?.Properties.MetricName;
  expect(filter?.Properties.MetricTransformations).toMatchObject([{ MetricName }]);
  expect(alarm?.Properties).toMatchObject({
    TreatMissingData: 'breaching',
    AlarmActions: [{ Ref: 'AlarmTopicArn' }],
  });
  expect(existsSync(join(root, 'docs/runbooks/reconcile-heartbeat.md'))).toBe(true);
});
