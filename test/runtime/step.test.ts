import { describe, expect, test } from '@jest/globals';
import { DependencyThrottled, LeaseLost, RolloutFailed } from '../../lib/contracts/failures.ts';
import { aStep, aWish, calling } from './support.ts';

const filling = aStep(async ({ replicas }) => ({ ready: replicas }));

describe('input', () => {
  test('that keeps the contract reaches the step, and its answer comes back', async () => {
    expect((await calling(filling, aWish)).value).toEqual({ ready: 3 });
  });
  test('that breaks it is refused with all problems at once', async () => {
    const { error } = await calling(filling, { service: 7, replicas: 'many' });
    expect(error?.name).toBe('InputInvalid');
    expect(error?.message).toContain('service: ');
    expect(error?.message).toContain('replicas: ');
    expect(error?.data).toMatchObject({ problems: [expect.any(String), expect.any(String)] });
  });
  test('that is refused never reaches the step', async () => {
    let ran = false;
    const task = aStep(async () => {
      ran = true;
      return { ready: 0 };
    });
    await calling(task, {});
    expect(ran).toBe(false);
  });
  test.each([[null], [undefined], ['text'], [[]]])('of another kind altogether (%j) is refused too', async (event) => {
    expect((await calling(filling, event)).error?.name).toBe('InputInvalid');
  });
});

test('an answer that breaks the contract is not handed on', async () => {
  const { error } = await calling(
    aStep(async () => ({ ready: -1 })),
    aWish,
  );
  expect(error?.name).toBe('OutputInvalid');
  expect(error?.message).toBe('FillSlot: ready: expected at least 0, got -1');
});

describe('a failure', () => {
  const cause = new Error('socket closed');
  const failure = new DependencyThrottled('DynamoDB: slow down', { dependency: 'DynamoDB' }, { cause });
  const failing = aStep(async () => {
    throw failure;
  });
  test('comes out as it was thrown, with its name, data and cause', async () => {
    const { error } = await calling(failing, aWish);
    expect(error).toBe(failure);
    expect(error).toMatchObject({ name: 'DependencyThrottled', data: { dependency: 'DynamoDB' }, cause });
  });
  test('is logged with the same, down to the last cause', async () => {
    const { lines } = await calling(failing, aWish);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'error',
      facts: {
        failure: {
          name: 'DependencyThrottled',
          message: 'DynamoDB: slow down',
          data: { dependency: 'DynamoDB' },
          cause: { name: 'Error', message: 'socket closed' },
        },
      },
    });
  });
  test('keeps its name when a subclass carries its own message', async () => {
    const { error } = await calling(
      aStep(async () => {
        throw new LeaseLost('service/shop', 3, 4);
      }),
      aWish,
    );
    expect(error).toMatchObject({ name: 'LeaseLost', data: { token: 3, newest: 4 } });
  });
  test('that is not an error is logged too', async () => {
    const { lines } = await calling(
      aStep(() => Promise.reject('just text')),
      aWish,
    );
    expect(JSON.stringify(lines[0]?.facts.failure)).toContain('just text');
  });
});

describe('the log line', () => {
  test('names task, execution, service and release', async () => {
    const { lines } = await calling(filling, { ...aWish, plan: { service: 'shop', releaseId: 'shop-r1' } });
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'done',
        facts: {
          task: 'FillSlot',
          execution: 'arn:execution:1',
          service: 'shop',
          release: 'shop-r1',
          durationMs: expect.any(Number),
        },
      },
    ]);
  });
  test('never repeats an input, so a secret in one stays out', async () => {
    const secret = 'hunter2-never-log-me';
    const good = await calling(filling, { ...aWish, password: secret, nested: { token: secret } });
    const refused = await calling(filling, { ...aWish, replicas: 'many', password: secret });
    const failed = await calling(
      aStep(() => Promise.reject(new RolloutFailed('pods crash', { slot: 'green' }))),
      { ...aWish, password: secret },
    );
    for (const { lines } of [good, refused, failed]) expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

describe('time', () => {
  test('a step that is about to be ended fails as OutOfTime, and says so in the log', async () => {
    const { error, lines } = await calling(
      aStep(() => new Promise(() => {})),
      aWish,
      {
        getRemainingTimeInMillis: () => 510,
      },
    );
    expect(error).toMatchObject({ name: 'OutOfTime', data: { task: 'FillSlot' } });
    expect(lines.map(({ level }) => level)).toEqual(['error']);
  });
  test('a step can see how much is left', async () => {
    const task = aStep(async (_, { remainingMs }) => ({ ready: remainingMs() }));
    expect((await calling(task, aWish, { getRemainingTimeInMillis: () => 20_000 })).value).toEqual({ ready: 20_000 });
  });
  test('where nothing ends the call, there is no limit', async () => {
    const task = aStep(async (_, { remainingMs }) => ({ ready: remainingMs() === Number.POSITIVE_INFINITY ? 1 : 0 }));
    expect((await calling(task, aWish)).value).toEqual({ ready: 1 });
  });
});

test('a step knows the execution it serves', async () => {
  let run = '';
  const task = aStep(async (_, call) => {
    run = call.run;
    return { ready: 0 };
  });
  await calling(task, aWish);
  expect(run).toBe('arn:execution:1');
});
