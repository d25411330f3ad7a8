import { describe, expect, jest, test } from '@jest/globals';
import { remediationStories } from '../../twin/prove/remediation-stories.ts';
import { runSchedule } from '../../twin/prove/run-schedule.ts';
import { endsOf } from '../../twin/prove/story.ts';
import { brokenIn, deployed, withPorts } from './mutants.ts';

/* A proof that cannot fail proves nothing: each of these breaks one thing, and must be found as what it is. */

// On a machine that may be busy with other tests.
jest.setTimeout(60_000);

describe('stories of remediation without faults', () => {
  test.each(remediationStories.map(({ name, ends }) => [name, ends] as const))(
    '%s ends as it should, and keeps every promise',
    async (story, ends) => {
      const { twin, violations } = await runSchedule({ deployed }, { story, seed: 1, faults: [] });
      expect(violations).toEqual([]);
      expect(Object.fromEntries(endsOf(twin))).toMatchObject(ends);
    },
  );
});

describe('what must be found', () => {
  test('a catalog that hides the freeze from whoever decides', async () => {
    const blind = withPorts(({ catalog }) => ({ catalogs: { current: async () => ({ ...catalog, freezes: [] }) } }));
    expect(await brokenIn(blind, 'alarm-in-freeze')).toMatch(/I5 remedy-\w+-0 acted in a freeze/);
  });

  test('an outbox that loses what it is given', async () => {
    const lossy = withPorts(({ ports }) => ({ outbox: { ...ports.outbox, enqueue: async () => {} } }));
    expect(await brokenIn(lossy, 'alarm-healed')).toMatch(/I8 nobody was told how remedy-\w+ ended/);
  });

  test('leases that are never given back', async () => {
    const greedy = withPorts(({ ports }) => ({ leases: { ...ports.leases, release: async () => {} } }));
    expect(await brokenIn(greedy, 'alarm-healed')).toMatch(/I2 remedy-\w+ still holds service\/shop/);
  });

  test('an attempt that is not kept', async () => {
    const forgetful = withPorts(({ ports }) => ({
      incidents: { ...ports.incidents, attempt: async (attempt) => attempt, endAttempt: async () => {} },
    }));
    expect(await brokenIn(forgetful, 'alarm-healed')).toMatch(
      /I3 slot\/shop\/blue was changed, and no attempt is on record/,
    );
  });

  test('a disk that grows again when it is asked again', async () => {
    const forgetful = withPorts(({ ports: { databaseOperations } }) => ({
      databaseOperations: {
        ...databaseOperations,
        async extendStorage(id, growth, token) {
          await databaseOperations.extendStorage(id, { ...growth, stamp: `${growth.stamp}-again` }, token);
          return databaseOperations.extendStorage(id, growth, token);
        },
      },
    }));
    expect(await brokenIn(forgetful, 'alarm-about-database')).toMatch(
      /I3 database\/shop-db was changed, and no attempt is on record/,
    );
  });

  test('a purge that is asked for under another name each time', async () => {
    const forgetful = withPorts(({ ports: { edge } }) => ({
      edge: {
        async purge(distribution, path, stamp) {
          await edge.purge(distribution, path, stamp);
          await edge.purge(distribution, path, `${stamp}-again`);
        },
      },
    }));
    expect(await brokenIn(forgetful, 'alarm-about-edge')).toMatch(
      /I3 distribution\/E2SHOP was changed, and no attempt is on record/,
    );
  });

  test('a machine that is started twice for one attempt', async () => {
    const twice = withPorts(({ ports }) => ({
      machines: {
        async start(machine, name, input) {
          if (machine === 'rollback') await ports.machines.start(machine, `${name}-again`, input);
          return ports.machines.start(machine, name, input);
        },
      },
    }));
    expect(await brokenIn(twice, 'alarm-undoes-release')).toMatch(
      /I3 1 attempts that were let started 2 runs of rollback/,
    );
  });

  test('a pager that forgets', async () => {
    const forgetful = withPorts(({ ports }) => ({ pager: { ...ports.pager, call: async () => {} } }));
    expect(await brokenIn(forgetful, 'alarm-helpless')).toMatch(
      /I8 remedy-\w+ was given to people, and step 0 was not called/,
    );
  });

  test('an acknowledgement that nobody sees', async () => {
    const blind = withPorts(({ ports, incidents }) => ({
      incidents: {
        ...ports.incidents,
        async find(id) {
          const kept = incidents.incidents.get(id);
          if (!kept) return undefined;
          const { acknowledgedAt: _, ...rest } = kept;
          return rest;
        },
      },
    }));
    expect(await brokenIn(blind, 'alarm-acknowledged')).toMatch(
      /I3 remedy-\w+\/1 was called after somebody had taken it/,
    );
  });
});
