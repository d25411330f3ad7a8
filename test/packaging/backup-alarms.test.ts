import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { watchBackups } from '../../lib/domain/recovery/watch-backups.ts';
import { backupAlarms } from '../../serverless/backup-alarms.ts';
import { aBackup, aRecoveryPolicy, now } from '../domain/recovery/good.ts';
import { root } from '../support/sources.ts';

const of = (type: string) => Object.values(backupAlarms).filter(({ Type }) => Type === type);
const alarms = of('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const filters = of('AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
const counts = Object.keys(watchBackups([aBackup()], aRecoveryPolicy(), now));
/** `evenkeel-<stage>-BackupStale` to `backup-stale`. */
const pageOf = (name: unknown) =>
  String(name)
    .split('-')
    .at(-1)
    ?.replace(/(?!^)([A-Z])/g, '-$1')
    .toLowerCase();

/** What a function really writes, in a process of its own as on Lambda. */
const lineOf = async (facts: object): Promise<Record<string, unknown>> => {
  const program = `
    import { lambda } from '${join(root, 'lib/runtime/lambda.ts')}';
    import { step } from '${join(root, 'lib/runtime/task.ts')}';
    import * as v from 'valibot';
    const run = async (_, __, { log }) => log.info('backups watched', ${JSON.stringify(facts)});
    await lambda(step({ name: 'Line', input: v.unknown(), output: v.undefined(), run }), {})({}, {});`;
  const args = ['--input-type=module-typescript', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env: {} });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return lines.find(({ message }) => message === 'backups watched') ?? {};
};

describe('alarms on what is on record of backups', () => {
  test('there is one for each thing that is counted, fed by a filter of its own', () => {
    expect(filters.map(({ FilterPattern }) => /\$\.(\w+) >= 0/.exec(String(FilterPattern))?.[1])).toEqual(counts);
    const fed = filters.flatMap(({ MetricTransformations }) => MetricTransformations as { MetricName: string }[]);
    expect(fed.map(({ MetricName }) => MetricName)).toEqual(alarms.map(({ MetricName }) => MetricName));
  });

  test('each tells somebody, rings when nothing is measured, and has a page', () => {
    expect(alarms).toHaveLength(3);
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: 'AlarmTopicArn' }]);
      expect(alarm.TreatMissingData).toBe('breaching');
      expect(existsSync(join(root, 'docs/runbooks', `${pageOf(alarm.AlarmName)}.md`))).toBe(true);
    }
  });

  test('a line has what the filters look for, where they look for it', async () => {
    const line = await lineOf({ database: 'shop', staleBackups: 1, staleExports: 0, unusualSizes: 2 });
    expect(line).toMatchObject({ message: 'backups watched', staleBackups: 1, staleExports: 0, unusualSizes: 2 });
    for (const { MetricTransformations } of filters) {
      const [{ MetricValue }] = MetricTransformations as [{ MetricValue: string }];
      expect(typeof line[MetricValue.replace('$.', '')]).toBe('number');
    }
  });
});
