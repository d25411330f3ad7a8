import { expect, jest, test } from '@jest/globals';
import { loadDeployed } from '../../twin/model/model-twin.ts';
import { samplePairs } from '../../twin/prove/enumerate.ts';
import { rehearse } from '../../twin/prove/explore.ts';
import { runSchedule } from '../../twin/prove/run-schedule.ts';
import { type Fault, formatSchedule, parseSchedule, type Schedule } from '../../twin/prove/schedule.ts';
import { stories } from '../../twin/prove/stories.ts';

const faults: Fault[] = [
  { on: 'call', index: 17, kind: 'dies-after' },
  { on: 'event', index: 0, kind: 'twice', seconds: 45 },
  { on: 'event', index: 1, kind: 'lost', seconds: 0 },
];

test('a schedule is read as it was printed', () => {
  const schedule: Schedule = { story: 'bad-release', seed: 3, faults };
  const text = 'bad-release seed=3 call:17=dies-after event:0=twice:45 event:1=lost';
  expect(formatSchedule(schedule)).toBe(text);
  expect(parseSchedule(text)).toEqual(schedule);
});

test('without a seed it is the first', () => {
  expect(parseSchedule('good-release call:1=late')).toMatchObject({ seed: 1, faults: [{ index: 1 }] });
});

test('all parts that cannot be read are named at once', () => {
  expect(() => parseSchedule('good-release sed=2 call:x=late event:0=later')).toThrow(
    /"sed=2", "call:x=late", "event:0=later"/,
  );
});

test('the same seed draws the same pairs', () => {
  expect(samplePairs('x', faults, 5, 7)).toEqual(samplePairs('x', faults, 5, 7));
  expect(samplePairs('x', faults, 5, 7)).not.toEqual(samplePairs('x', faults, 5, 8));
});

const deployed = loadDeployed();
// Many whole runs, on a machine that may be busy with other tests.
jest.setTimeout(60_000);

test('the same schedule gives the same run, to the last hash of the ledger', async () => {
  const schedule = parseSchedule('bad-release seed=5 call:20=dies-after');
  const hashOf = async () =>
    (await runSchedule({ deployed: await deployed }, schedule)).twin.world.ledger.get('shop')?.at(-1)?.hash;
  expect(await hashOf()).toBe(await hashOf());
});

test.each(stories.map((story) => [story.name, story] as const))(
  '%s ends as it says when nothing goes wrong, whatever the seed',
  async (_, story) => {
    for (const seed of [1, 2, 3])
      expect((await rehearse({ deployed: await deployed }, story, seed)).violations).toEqual([]);
  },
);
