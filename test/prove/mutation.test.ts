import { describe, expect, jest, test } from '@jest/globals';
import { createEngine, memoryJournal, VirtualClock } from '../../twin/engine/index.ts';
import type { Subject } from '../../twin/prove/run-schedule.ts';
import type { Fault } from '../../twin/prove/schedule.ts';
import { brokenBy, deployed, withPorts } from './mutants.ts';

/* A proof that cannot fail proves nothing: each of these breaks one thing, and must be found as what it is. */

// Some fifty runs each, on a machine that may be busy with other tests.
jest.setTimeout(60_000);

type States = Record<string, Record<string, unknown>>;

/** The deployed code with one state of one machine changed. */
const withState = async (machine: string, state: string, change: Record<string, unknown>): Promise<Subject> => {
  const machines = deployed.wiring.machines.map((wired) => {
    const states = wired.definition.States as States;
    const changed = { ...wired.definition, States: { ...states, [state]: { ...states[state], ...change } } };
    return wired.key === machine ? { ...wired, definition: changed } : wired;
  });
  const journal = memoryJournal();
  const invokeLambda = async () => ({ ok: true, payload: null }) as const;
  const { place } = deployed.wiring;
  const engine = createEngine({ clock: new VirtualClock(), journal, ...place, invokeLambda });
  for (const { name, definition } of machines) await engine.createStateMachine(name, definition);
  return { deployed: { ...deployed, machines: journal.entries } };
};

/** Calls around the shift, held up or cut off: the part of the schedules that the slower mutants need. */
const lateWrite = ({ kind, index }: Fault) => kind === 'late' && index >= 20 && index < 50;
const cutOff = ({ kind, index }: Fault) => kind === 'dies-after' && index < 20;

const whenReady = { Condition: '{% $states.input.ready %}', Next: 'SmokeTest' };

test('without a mutation the same schedules break nothing', async () => {
  expect(await brokenBy({ deployed }, 'rollback-during-release', lateWrite)).toEqual(new Set());
  expect(await brokenBy({ deployed }, 'good-release', cutOff)).toEqual(new Set());
});

describe('I1: traffic is on pods that can serve', () => {
  test('a preparation that does not wait for the pods', async () => {
    const choices = [{ Condition: '{% $preparation.drill %}', Next: 'DrillWanted?' }];
    const mutant = await withState('preparation', 'RolloutReady?', { Choices: [...choices, whenReady] });
    expect(await brokenBy(mutant, 'good-release')).toEqual(new Set(['I1']));
  });

  test('a rollback that empties the slot before it takes the traffic away', async () => {
    const mutant = withPorts(({ ports }) => ({
      traffic: {
        ...ports.traffic,
        async shift(service, weights, token) {
          if (weights.blue === 100) await ports.cluster.retire(service, 'green', token);
          await ports.traffic.shift(service, weights, token);
        },
      },
    }));
    expect(await brokenBy(mutant, 'rollback-during-release')).toEqual(new Set(['I1']));
  });
});

describe('I2: nothing is held and nothing is half-shifted when a run has ended', () => {
  test('a lease that is not given back', async () => {
    const mutant = withPorts(({ ports }) => ({ leases: { ...ports.leases, release: async () => {} } }));
    expect(await brokenBy(mutant, 'good-release')).toEqual(new Set(['I2']));
  });

  test('a load balancer that loses the write of the undo', async () => {
    const mutant = withPorts(({ ports }) => ({
      traffic: {
        ...ports.traffic,
        shift: async (service, weights, token) =>
          token > 1 && weights.blue === 100 ? undefined : ports.traffic.shift(service, weights, token),
      },
    }));
    expect(await brokenBy(mutant, 'bad-release')).toContain('I2');
  });
});

describe('I3: one event, one effect', () => {
  test('a load balancer that takes writes from whoever was overtaken', async () => {
    const mutant = withPorts(({ ports, services, changes }) => ({
      traffic: {
        ...ports.traffic,
        async shift(service, weights, token) {
          services.get(service).shift(weights);
          changes.add({ resource: `traffic/${service}`, token, value: weights });
        },
      },
    }));
    expect(await brokenBy(mutant, 'rollback-during-release', lateWrite)).toContain('I3');
  });

  test('a ledger that writes a fact as often as it is told', async () => {
    const mutant = withPorts(({ ports }) => {
      let told = 0;
      return {
        ledger: {
          ...ports.ledger,
          append: async (fact) => {
            told += 1;
            const entry = await ports.ledger.append({ ...fact, key: `${fact.key}#${told}` });
            return Object.assign(entry, { key: fact.key });
          },
        },
      };
    });
    expect(await brokenBy(mutant, 'good-release', cutOff)).toContain('I3');
  });
});

describe('I6: a version found bad never comes back', () => {
  test('a store that forgets which versions are bad', async () => {
    const mutant = withPorts(({ ports }) => ({ releases: { ...ports.releases, markBad: async () => {} } }));
    expect(await brokenBy(mutant, 'bad-release')).toEqual(new Set(['I6']));
  });
});
