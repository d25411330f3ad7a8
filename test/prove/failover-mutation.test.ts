import { describe, expect, jest, test } from '@jest/globals';
import type { ModelWorld } from '../../twin/model/model-world.ts';
import { regionIn, secondRegion } from '../../twin/prove/failover-stories.ts';
import { runSchedule, type Subject } from '../../twin/prove/run-schedule.ts';
import { endsOf } from '../../twin/prove/story.ts';
import { brokenOn, deployed, withPorts } from './mutants.ts';

/* A proof that cannot fail proves nothing: each of these breaks one thing, and must be found as what it is. */

// On a machine that may be busy with other tests.
jest.setTimeout(60_000);

/** What is broken when the story runs without any fault. */
const brokenIn = (subject: Subject, story: string): Promise<string[]> =>
  brokenOn(subject, { story, seed: 1, faults: [] });

describe('stories of a failover without faults', () => {
  test.each([
    ['failover', 'moved'],
    ['failover-fenced', 'moved'],
    ['failover-refused', 'refused'],
    ['failover-unknown', 'refused'],
    ['failover-drill', 'drilled'],
  ])('%s ends as %s, and keeps every promise', async (story, end) => {
    const { twin, violations } = await runSchedule({ deployed }, { story, seed: 1, faults: [] });
    expect(violations).toEqual([]);
    expect(endsOf(twin).get('failover-shop-db-f1')).toBe(end);
  });

  test('a failover measures both figures, and leaves the way back', async () => {
    const { twin } = await runSchedule({ deployed }, { story: 'failover', seed: 1, faults: [] });
    const ended = (twin.world.ledger.get('shop-db') ?? []).find(({ kind }) => kind === 'ended');
    const outcome = ended?.data.outcome as { rtoSeconds: number; rpoSeconds: number; failBack: string[] };
    expect(outcome.rtoSeconds).toBeGreaterThan(3);
    expect(outcome.rtoSeconds).toBeLessThan(60);
    expect(outcome.rpoSeconds).toBeGreaterThanOrEqual(0);
    expect(outcome.rpoSeconds).toBeLessThanOrEqual(60);
    expect(outcome.failBack[0]).toContain('was not fenced');
  });

  test('a writer that could be reached is fenced before another is promoted', async () => {
    const { twin } = await runSchedule({ deployed }, { story: 'failover-fenced', seed: 1, faults: [] });
    const servers = twin.world.changes.list.filter(({ resource }) => resource.startsWith('server/'));
    expect(servers.map(({ resource, value }) => `${resource} ${value}`)).toEqual([
      'server/shop-db fenced',
      'server/shop-db-second promoted',
    ]);
  });
});

describe('what must be found', () => {
  test('a failover of which no evidence is kept, also one that was refused', async () => {
    const mutant = withPorts(({ ports }) => ({ evidence: { ...ports.evidence, keep: async (sealed) => sealed } }));
    for (const story of ['failover', 'failover-refused'])
      expect(await brokenIn(mutant, story)).toEqual(['I3 there is no evidence of failover-shop-db-f1']);
  });

  test('a replica that is promoted beside a writer that takes writes', async () => {
    const fenceOfAir = withPorts(({ ports, failover }) => ({
      writers: {
        ...ports.writers,
        fence: async () => 'fenced',
        state: async (id) => (failover.regions.get('shop-db')?.old === id ? 'silent' : ports.writers.state(id)),
      },
    }));
    expect(await brokenIn(fenceOfAir, 'failover-fenced')).toContainEqual(
      'I1 server/shop-db-second was promoted while shop-db took writes',
    );
  });

  test('a name that leads to a database that refuses writes', async () => {
    const neverPromoted = withPorts(({ ports, failover }) => ({
      writers: {
        ...ports.writers,
        promote: async () => {},
        state: async (id) => (failover.regions.get('shop-db')?.replica === id ? 'writes' : ports.writers.state(id)),
      },
    }));
    const broken = await brokenIn(neverPromoted, 'failover');
    expect(broken).toContainEqual('I1 a public name leads to shop-db-second, which refuses writes');
  });

  test('a failover that goes on against a witness', async () => {
    const deaf = withPorts(({ ports }) => ({
      witnesses: {
        ask: async (database) =>
          (await ports.witnesses.ask(database)).map((each) => ({ ...each, saw: 'lost' as const })),
      },
    }));
    expect((await brokenIn(deaf, 'failover-refused')).join()).toMatch(/I4 a failover that was refused changed server/);
  });

  test('a drill that moves a public name', async () => {
    const mixedUp = withPorts(({ ports }) => ({
      dns: {
        ...ports.dns,
        shift: (_, weights, token) => ports.dns.shift(secondRegion.records[0], weights, token),
      },
    }));
    expect((await brokenIn(mixedUp, 'failover-drill')).join()).toMatch(/I[14] (a drill changed name|a public name)/);
  });

  test('a copy that nobody removes', async () => {
    const stuck = withPorts(({ ports }) => ({ databases: { ...ports.databases, remove: async () => {} } }));
    expect((await brokenIn(stuck, 'failover-drill')).join()).toMatch(/I2 .* was left behind/);
  });

  test('a lease that is kept', async () => {
    const greedy = withPorts(({ ports }) => ({ leases: { ...ports.leases, release: async () => {} } }));
    expect((await brokenIn(greedy, 'failover')).join()).toMatch(/I2 .* still holds database\/shop-db/);
  });

  test('users who reach two writers', async () => {
    const subject: Subject = {
      deployed,
      mutate: (world) => {
        const { shift } = world.ports.dns;
        const half: typeof shift = (record, _, token) => shift(record, { primary: 50, second: 50 }, token);
        const requests: ModelWorld['ports']['dns']['request'] = async (_, count) =>
          Array.from({ length: count }, () => ({ ok: true, latencyMs: 1, side: 'second' as const }));
        return { ...world, ports: { ...world.ports, dns: { ...world.ports.dns, shift: half, request: requests } } };
      },
    };
    expect((await brokenIn(subject, 'failover')).join()).toMatch(/I1 users reach shop-db and shop-db-second/);
  });
});

test('the region of the model is the one that the stories lose', async () => {
  const { twin } = await runSchedule({ deployed }, { story: 'failover-refused', seed: 1, faults: [] });
  expect(regionIn(twin).rebuilt).toBe(true);
});
