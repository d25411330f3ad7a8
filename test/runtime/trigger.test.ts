import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { handlerOf } from '../../lib/runtime/handler.ts';
import { trigger } from '../../lib/runtime/trigger.ts';
import { clock, listening, remembering } from './support.ts';

const event = v.object({ id: v.string(), detail: v.object({ service: v.string(), weight: v.number() }) });

const told = async (raw: unknown) => {
  const handled: unknown[] = [];
  const { facts, ledger } = remembering();
  const { lines, log } = listening();
  const task = trigger({ name: 'WeightChanged', event, run: async (_, { detail }) => void handled.push(detail) });
  const handler = handlerOf(task, { ledger, clock }, log);
  const error = await handler(raw, {}).then(
    () => undefined,
    (thrown: Error & { data: unknown }) => thrown,
  );
  return { handled, facts, lines, error };
};

describe('an event that can be read', () => {
  test('is handled, and leaves no line in the ledger', async () => {
    const { handled, facts, error } = await told({ id: 'e1', detail: { service: 'shop', weight: 5 } });
    expect({ handled, facts, error }).toEqual({
      handled: [{ service: 'shop', weight: 5 }],
      facts: [],
      error: undefined,
    });
  });
  test('is logged under its own id', async () => {
    const { lines } = await told({ id: 'e1', detail: { service: 'shop', weight: 5 } });
    expect(lines[0]?.facts).toMatchObject({ task: 'WeightChanged', execution: 'e1', service: 'shop' });
  });
});

describe('an event that cannot be read', () => {
  const unreadable = { id: 'e2', detail: { service: 7, weight: 'much' } };
  test('is refused with all problems, so that the dead-letter queue gets it', async () => {
    const { error, handled } = await told(unreadable);
    expect(error?.name).toBe('EventUnrecognised');
    expect(error?.message).toContain('detail.service');
    expect(error?.message).toContain('detail.weight');
    expect(handled).toEqual([]);
  });
  test('leaves one line in the ledger of the control plane', async () => {
    const { facts } = await told(unreadable);
    expect(facts).toEqual([
      expect.objectContaining({
        service: 'evenkeel',
        key: 'event-unrecognised-e2',
        kind: 'event-unrecognised',
        at: '2026-05-01T10:00:00.000Z',
        run: 'e2',
        data: { trigger: 'WeightChanged', problems: [expect.any(String), expect.any(String)] },
      }),
    ]);
  });
  test.each([[null], ['text'], [42]])('is refused also when it is no event at all (%j)', async (raw) => {
    expect((await told(raw)).error?.name).toBe('EventUnrecognised');
  });
});
