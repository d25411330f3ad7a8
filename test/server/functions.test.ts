import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Call } from '../../lib/runtime/call.ts';
import { handlerOf } from '../../lib/runtime/handler.ts';
import { step } from '../../lib/runtime/task.ts';
import { invokerOf, loadFunctions } from '../../twin/server/functions.ts';
import { readWiring } from '../../twin/wiring/index.ts';

const silent = { info: () => {}, error: () => {} };

const invoking = (run: (input: unknown, call: Call) => Promise<unknown>, timeoutSeconds = 25) => {
  const task = step({
    name: 'Sample',
    input: v.unknown(),
    output: v.unknown(),
    run: (_: object, input, call) => run(input, call),
  });
  return invokerOf(handlerOf(task, {}, silent), timeoutSeconds);
};

test('a function answers', async () => {
  expect(await invoking(async (input) => ({ got: input }))({ a: 1 })).toEqual({ ok: true, payload: { got: { a: 1 } } });
});

test('payload and answer cross as JSON: neither side can change the other', async () => {
  const payload = { at: new Date(0), list: [1] };
  const invoke = invoking(async (input) => {
    (input as typeof payload).list.push(2);
    return { nothing: undefined, at: (input as typeof payload).at };
  });
  expect(await invoke(payload)).toEqual({ ok: true, payload: { at: '1970-01-01T00:00:00.000Z' } });
  expect(payload.list).toEqual([1]);
});

test('no answer is null', async () => {
  expect(await invoking(async () => undefined)({})).toEqual({ ok: true, payload: null });
});

test('an error has its name, its message and its trace', async () => {
  const invoke = invoking(async () => {
    throw Object.assign(new Error('no luck'), { name: 'Broken' });
  });
  const trace = expect.arrayContaining([expect.stringContaining('functions.test.ts')]);
  expect(await invoke({})).toEqual({ ok: false, errorType: 'Broken', errorMessage: 'no luck', trace });
});

test('a function past its time budget fails as OutOfTime', async () => {
  const startedMs = performance.now();
  const outcome = await invoking(() => new Promise(() => {}), 0.6)({});
  expect(outcome).toMatchObject({ ok: false, errorType: 'OutOfTime' });
  expect(performance.now() - startedMs).toBeLessThan(600);
});

test('a function knows how much time is left', async () => {
  const outcome = await invoking(async (_, call) => call.remainingMs(), 10)({});
  expect(outcome.ok && outcome.payload).toBeGreaterThan(9000);
  expect(outcome.ok && outcome.payload).toBeLessThanOrEqual(10_000);
});

test('every function of serverless.yml is there by key and by name, and nothing else', async () => {
  const wiring = readWiring();
  const { invoke } = await loadFunctions(wiring, {} as never, () => silent);
  const [{ key, name } = { key: '', name: '' }] = wiring.functions;
  const refused = { ok: false, errorType: 'InputInvalid' };
  expect(await invoke(key, {})).toMatchObject(refused);
  expect(await invoke(name, {})).toMatchObject(refused);
  expect(await invoke('nobody', {})).toMatchObject({ ok: false, errorType: 'Lambda.ResourceNotFoundException' });
});
