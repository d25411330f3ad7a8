import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Clock } from '../../lib/ports/clock.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { adapter } from '../../lib/runtime/adapter.ts';
import { setting } from '../../lib/runtime/config.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

const tellTime = step({
  name: 'TellTime',
  input: v.object({}),
  output: v.string(),
  run: async ({ clock }: Needs<'clock'>) => clock.now(),
});

const counted = () => {
  const built: string[] = [];
  const clock = adapter({ TIME_NOW: setting, TIME_ZONE: setting }, ({ TIME_NOW }): Clock => {
    built.push(TIME_NOW);
    return { now: () => TIME_NOW };
  });
  return { built, handler: lambda(tellTime, { clock }) };
};

const kept = { ...process.env };
beforeEach(() => {
  process.env.TIME_NOW = '2026-05-01T10:00:00.000Z';
  process.env.TIME_ZONE = 'UTC';
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
});
afterEach(() => {
  process.env = { ...kept };
});

describe('lambda', () => {
  test('builds nothing when it is imported', () => {
    expect(counted().built).toEqual([]);
  });
  test('builds its ports on the first call and keeps them', async () => {
    const { built, handler } = counted();
    const answers = [await handler({}, {}), await handler({}, {})];
    expect(answers).toEqual(['2026-05-01T10:00:00.000Z', '2026-05-01T10:00:00.000Z']);
    expect(built).toHaveLength(1);
  });
  test('reports all missing settings at once, before anything is built', async () => {
    const { built, handler } = counted();
    delete process.env.TIME_NOW;
    delete process.env.TIME_ZONE;
    const call = async () => handler({}, {});
    await expect(call()).rejects.toMatchObject({
      name: 'ConfigInvalid',
      data: { problems: [expect.stringMatching(/^TIME_NOW: /), expect.stringMatching(/^TIME_ZONE: /)] },
    });
    expect(built).toEqual([]);
  });
});
