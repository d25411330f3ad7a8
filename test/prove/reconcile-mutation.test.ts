import { describe, expect, jest, test } from '@jest/globals';
import { reconcileStories } from '../../twin/prove/reconcile-stories.ts';
import { runSchedule, type Subject } from '../../twin/prove/run-schedule.ts';
import { parseSchedule } from '../../twin/prove/schedule.ts';
import { endsOf } from '../../twin/prove/story.ts';
import { brokenOn, deployed, withPorts } from './mutants.ts';

/* A proof that cannot fail proves nothing: each of these breaks one thing, and must be found as what it is. */

// On a machine that may be busy with other tests.
jest.setTimeout(60_000);

const brokenIn = async (subject: Subject, schedule: string): Promise<string> =>
  (await brokenOn(subject, parseSchedule(schedule))).join('\n');

describe('events that are lost, without other faults', () => {
  test.each(reconcileStories.map(({ name, ends }) => [name, ends] as const))(
    '%s ends as it should, and keeps every promise',
    async (story, ends) => {
      const { twin, violations } = await runSchedule({ deployed }, { story, seed: 1, faults: [] });
      expect(violations).toEqual([]);
      expect(Object.fromEntries(endsOf(twin))).toMatchObject(ends);
    },
  );
});

describe('what must be found', () => {
  /** As if every run had been stopped, whatever it does. */
  const blind = withPorts(({ ports }) => ({
    runs: {
      find: async (machine, name) => {
        const run = await ports.runs.find(machine, name);
        return run && { ...run, status: 'ABORTED' };
      },
    },
  }));

  test('a reconciler that does not look whether the run goes on', async () => {
    expect(await brokenIn({ deployed }, 'alarm-running')).toBe('');
    expect(await brokenIn(blind, 'alarm-running')).toMatch(/I8 remedy-\w+ ended as escalated, not as resolved/);
  });

  test('a reconciler that undoes a release that goes on', async () => {
    const { twin } = await runSchedule(blind, parseSchedule('release-running'));
    expect(endsOf(twin).get('shop-r1')).toBe('rejected');
  });

  test('a reconciler that starts a run under a fresh name', async () => {
    let started = 0;
    const fresh = withPorts(({ ports }) => ({
      machines: {
        start: (machine, name, input) => {
          started += machine === 'remediation' ? 1 : 0;
          return ports.machines.start(machine, machine === 'remediation' ? `${name}-${started}` : name, input);
        },
      },
    }));
    const late = 'alarm-late event:0=delayed:900';
    expect(await brokenIn({ deployed }, late)).toBe('');
    expect(await brokenIn(fresh, late)).toMatch(
      /I3 shop-crashing of .* is two incidents: remedy-\w+-1 and remedy-\w+-2/,
    );
  });

  test('a reconciler that leaves the end of a run to its event', async () => {
    const deaf = withPorts(() => ({ runs: { find: async () => undefined } }));
    expect(await brokenIn(deaf, 'remedy-end-unheard')).toMatch(/I8 remedy-\w+ is still open on record/);
    expect(await brokenIn(deaf, 'release-end-unheard')).toMatch(/I2 shop-r1 still holds the lease/);
    expect(await brokenIn(deaf, 'backup-end-unheard')).toMatch(/shop-db-b1/);
  });

  test('a reconciler that does not see which alarms fire', async () => {
    const unseeing = withPorts(({ ports }) => ({ signals: { ...ports.signals, firing: async () => [] } }));
    const lost = 'alarm-late event:0=lost';
    expect(await brokenIn({ deployed }, lost)).toBe('');
    expect(await brokenIn(unseeing, lost)).toMatch(/I8 shop-crashing has fired since .*, and nobody answers it/);
  });
});
