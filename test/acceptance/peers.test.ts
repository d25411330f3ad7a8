import { describe, expect, test } from '@jest/globals';
import type { Interference } from '../../twin/model/interference.ts';
import { aRemedy } from '../model/remedy-scenario.ts';

/* What hurts the users of existing systems when alarms are answered, one test for each line. */

const failing = (fits: (name: string, index: number) => boolean, how: 'refuse' | 'die-before' | 'die-after') => {
  const interference: Interference = {
    call: ({ port, method, index }) => (fits(`${port}.${method}`, index) ? how : undefined),
    event: () => [0],
  };
  return interference;
};

describe('alarms', () => {
  test('a duplicate event a thousand times, two functions at once, and one that is sent again from the dead letters: one effect, one thread, one record', async () => {
    const { tell, ends, twin } = await aRemedy({ heals: ['restart-rollout'] });
    const atMs = twin.clock.now();
    tell('shop-crashing', 'firing', { times: 1000, atMs });
    await ends();
    tell('shop-crashing', 'firing', { atMs });
    const end = await ends();
    expect(end).toMatchObject({ acts: ['restart-rollout'], stamps: 1, statuses: ['resolved'] });
    expect(end.messages).toHaveLength(1);
    expect(end.kinds.filter((kind) => kind === 'remedy-done')).toHaveLength(1);
    expect(end.kinds.filter((kind) => kind === 'ended')).toHaveLength(1);
  });

  test('a crash before and after every task: no incident stays open, no lease is held, one effect', async () => {
    const { tell, ends, twin } = await aRemedy({ heals: ['restart-rollout'] });
    tell('shop-crashing', 'firing');
    await ends();
    const calls = twin.calls.length;
    expect(calls).toBeGreaterThan(20);
    for (let at = 0; at < calls; at += 1)
      for (const how of ['die-before', 'die-after'] as const) {
        const again = await aRemedy({
          heals: ['restart-rollout'],
          interference: failing((_, index) => index === at, how),
        });
        again.tell('shop-crashing', 'firing');
        expect(await again.ends()).toMatchObject({ statuses: ['resolved'], stamps: 1, leases: [] });
      }
  });

  test.each(['incidents.attempts', 'incidents.changes', 'incidents.breaker', 'catalogs.current', 'leases.current'])(
    'the store of a guard is not available (%s): it asks or denies, and never acts',
    async (name) => {
      const { tell, ends } = await aRemedy({ interference: failing((called) => called === name, 'refuse') });
      tell('shop-crashing', 'firing');
      expect((await ends()).acts).toEqual([]);
    },
  );

  test('a label that a playbook asks for is missing: it is not that playbook, and nothing acts', async () => {
    const { tell, ends } = await aRemedy({
      crashing: {
        match: {
          all: [
            { field: 'name', equals: 'shop-crashing' },
            { field: 'labels.team', equals: 'web' },
          ],
        },
      },
    });
    tell('shop-crashing', 'firing');
    expect(await ends()).toMatchObject({ runs: [], acts: [] });
  });

  test('an alarm that still fires after the act: not resolved, the next rung, and at last people are called', async () => {
    const { tell, ends } = await aRemedy();
    tell('shop-crashing', 'firing');
    const end = await ends();
    expect(end).toMatchObject({ statuses: ['escalated'], acts: ['restart-rollout', 'raise-floor'] });
    expect(end.runs).toEqual(['FAILED']);
  });

  test('the same resource n times in the window: the breaker is open, one message, and nothing acts until a person closes it', async () => {
    const { tell, ends, pass, twin } = await aRemedy({ heals: ['restart-rollout'] });
    for (let time = 0; time < 6; time += 1) {
      tell('shop-crashing', 'firing');
      await pass(3600);
    }
    const end = await ends();
    expect(end.acts).toHaveLength(3);
    expect(end.breakers).toHaveLength(1);
    expect(end.messages.filter(({ subject }) => subject.includes('breaker open'))).toHaveLength(1);
    await pass(86_400);
    tell('shop-crashing', 'firing');
    expect((await ends()).acts).toHaveLength(3);
    await twin.world.ports.incidents.closeBreaker('service/shop');
    await pass(1);
    tell('shop-crashing', 'firing');
    expect((await ends()).acts).toHaveLength(4);
  });

  test('what a run was cut off in is ended by another: the incident is given to people', async () => {
    const { tell, ends, pass, twin } = await aRemedy();
    tell('shop-crashing', 'firing');
    await pass(15);
    const run = [...twin.runs.values()].find(({ name }) => name.startsWith('remedy-'));
    await twin.engine.stopExecution(run?.executionArn ?? '');
    const end = await ends();
    expect(end).toMatchObject({ statuses: ['escalated'], leases: [] });
  });
});
