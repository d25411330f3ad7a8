import { expect, test } from '@jest/globals';
import type { ControlPlane, Run } from '../../cli/control-plane/control-plane.ts';
import { follow } from '../../cli/operations/follow.ts';
import { aShop, v2 } from './support/shop.ts';

const subject = { service: 'shop', of: 'service', name: 'shop-r1' } as const;
const options = { signal: new AbortController().signal, betweenLooksMs: 1, patienceMs: 20 };

const followed = async (plane: ControlPlane) => {
  const steps: unknown[] = [];
  for await (const step of follow(plane, subject, options)) steps.push(step);
  return steps;
};

const withRun = async (run: Run | undefined): Promise<ControlPlane> => {
  const { plane } = await aShop();
  return { ...plane, runs: { ...plane.runs, find: async () => run } };
};

test('a run that never appears is an error, not an endless wait', async () => {
  await expect(followed(await withRun(undefined))).rejects.toMatchObject({ name: 'RunNotStarted' });
});

test('a run that is over without a recorded end is an error with what to do', async () => {
  const dead = { run: 'arn:shop-r1', status: 'ABORTED' } as const;
  await expect(followed(await withRun(dead))).rejects.toMatchObject({
    name: 'RunUnsettled',
    message: expect.stringContaining('evenkeel rollback'),
  });
});

test('each state that is entered is told once', async () => {
  const { plane, when, ends } = await aShop();
  await ends(when.deployed(v2));
  let looks = 0;
  const states = ['Plan', 'Plan', 'Bake'];
  const find = async (): Promise<Run> => {
    const state = states[looks++];
    return state ? { run: 'arn', status: 'RUNNING', state } : { run: 'arn', status: 'SUCCEEDED' };
  };
  const steps = await followed({ ...plane, runs: { ...plane.runs, find } });
  expect(steps.filter((step) => (step as { type: string }).type === 'state')).toEqual([
    { type: 'state', state: 'Plan' },
    { type: 'state', state: 'Bake' },
  ]);
});
