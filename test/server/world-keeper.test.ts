import { expect, test } from '@jest/globals';
import { VirtualClock } from '../../twin/engine/index.ts';
import { keepWorld } from '../../twin/server/world-keeper.ts';

/** A world that loses what `missing` says; its restarts are counted by the second. */
const aWorld = (missing: (second: number) => readonly string[], restart = async () => {}) => {
  const clock = new VirtualClock(0);
  const restarts: number[] = [];
  const said: string[] = [];
  const keeper = keepWorld({
    clock,
    missing: async () => missing(clock.now() / 1000),
    restart: async () => {
      restarts.push(clock.now() / 1000);
      await restart();
    },
    log: { info: (message) => said.push(message), error: (message) => said.push(message) },
  });
  return { clock, keeper, restarts, said };
};

test('what ended is started again within a second, and both are in the log', async () => {
  const { clock, restarts, said } = aWorld((second) => (second === 5 ? ['router'] : []));
  await clock.run({ untilMs: 60_000 });
  expect(restarts).toEqual([5]);
  expect(said).toEqual(['the world lost processes', 'the world is whole again']);
});

test('what ends again and again is started ever more seldom', async () => {
  const { clock, restarts } = aWorld(() => ['node']);
  await clock.run({ untilMs: 200_000 });
  expect(restarts).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
});

test('once all was well it is quick again', async () => {
  const { clock, restarts } = aWorld((second) => (second < 10 || second >= 20 ? ['node'] : []));
  await clock.run({ untilMs: 22_000 });
  expect(restarts).toEqual([1, 3, 7, 20, 22]);
});

test('a start that fails is told and tried again', async () => {
  const failing = async () => {
    throw new Error('no room');
  };
  const { clock, restarts, said } = aWorld(() => ['postgres'], failing);
  await clock.run({ untilMs: 3000 });
  expect(restarts).toEqual([1, 3]);
  expect(said).toContain('the world cannot be kept');
});

test('once it is stopped, nothing is started any more', async () => {
  const { clock, keeper, restarts } = aWorld(() => ['router']);
  await keeper.stop();
  await clock.run({ untilMs: 60_000 });
  expect(restarts).toEqual([]);
});
