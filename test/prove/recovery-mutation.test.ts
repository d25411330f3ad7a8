import { describe, expect, jest, test } from '@jest/globals';
import type { Drill } from '../../lib/contracts/drill.ts';
import type { Evidence } from '../../lib/contracts/evidence.ts';
import type { Ports } from '../../lib/ports/index.ts';
import type { Task } from '../../lib/runtime/task.ts';
import type { Subject } from '../../twin/prove/run-schedule.ts';
import type { Fault } from '../../twin/prove/schedule.ts';
import { brokenBy, deployed, withPorts } from './mutants.ts';

/* As in mutation.test.ts, for backups and drills: each breaks one thing, and must be found as what it is. */

// Many whole runs, on a machine that may be busy with other tests.
jest.setTimeout(60_000);

/** The deployed code in which one task runs otherwise. */
const withTask = (name: string, change: (run: Task['run']) => Task['run']): Subject => {
  const changed = (code: Task): Task => ({ ...code, run: change(code.run) });
  const functions = deployed.functions.map((one) =>
    one.code.name === name ? { ...one, code: changed(one.code) } : one,
  );
  return { deployed: { ...deployed, functions } };
};

/** What one step says is changed. */
const withAnswer = (name: string, change: (answer: never) => unknown): Subject =>
  withTask(name, (run) => async (ports, input, call) => change((await run(ports, input, call)) as never));

const diesAfter = ({ kind }: Fault) => kind === 'dies-after';

describe('I2: removers come first, and nothing is left', () => {
  test('a one-shot remover that is armed after the restore', async () => {
    const mutant = withPorts(({ ports }) => {
      let arm = async () => {};
      return {
        removals: {
          ...ports.removals,
          async arm(drill, at) {
            arm = () => ports.removals.arm(drill, at);
          },
        },
        databases: {
          ...ports.databases,
          async restore(restore) {
            await ports.databases.restore(restore);
            await arm();
          },
        },
      };
    });
    expect(await brokenBy(mutant, 'restore-test')).toEqual(new Set(['I2']));
  });

  test('removals that are asked for and never happen', async () => {
    const mutant = withPorts(({ ports }) => ({ databases: { ...ports.databases, remove: async () => {} } }));
    expect(await brokenBy(mutant, 'reaper-alone')).toEqual(new Set(['I2']));
  });

  test('a drill whose record is kept nowhere', async () => {
    const mutant = withPorts(({ ports }) => {
      const said = new Map<string, Drill>();
      const open = async (drill: Drill) => void said.set(drill.plan.drill, drill);
      return { drills: { ...ports.drills, open, find: async (id) => said.get(id) } };
    });
    expect(await brokenBy(mutant, 'restore-test')).toEqual(new Set(['I2', 'cost']));
  });
});

describe('I2: no backup is on record as being taken for ever', () => {
  test('a record whose request comes late, when nobody keeps its place', async () => {
    const mutant = withTask('BackupEnded', (run) => (ports, input, call) => {
      const backups = { ...(ports as Ports).backups, begin: async () => {} };
      return run({ ...ports, backups }, input, call);
    });
    const late = ({ kind }: Fault) => kind === 'late';
    expect(await brokenBy(mutant, 'backup-stopped', late)).toEqual(new Set(['I2']));
  });
});

describe('I3: one drill, one piece of evidence', () => {
  test('evidence that is written again by a step that is repeated', async () => {
    const mutant = withPorts(({ ports }) => ({ evidence: { ...ports.evidence, find: async () => undefined } }));
    expect(await brokenBy(mutant, 'restore-test', diesAfter)).toEqual(new Set(['I3']));
  });

  test('a drill that the reaper ends without evidence', async () => {
    const mutant = withTask('ReapDue', (run) => (ports, input, call) => {
      const evidence = { ...(ports as Ports).evidence, keep: async (sealed: Evidence) => sealed };
      return run({ ...ports, evidence }, input, call);
    });
    expect(await brokenBy(mutant, 'drill-stopped')).toEqual(new Set(['I3']));
  });

  test('evidence whose content was changed after it was signed', async () => {
    const mutant = withPorts(({ ports }) => ({
      evidence: {
        ...ports.evidence,
        keep: (evidence) => ports.evidence.keep({ ...evidence, previousHash: evidence.hash }),
      },
    }));
    expect(await brokenBy(mutant, 'restore-test')).toContain('I3');
  });
});

test('I3: sentinels of which one is lost', async () => {
  const mutant = withPorts(({ ports, instances }) => ({
    contents: {
      ...ports.contents,
      async writeSentinel(id, now) {
        const newest = await ports.contents.writeSentinel(id, now);
        instances.production.get(id)?.rewriteSentinels((rows) => rows.slice(rows.length > 1 ? 1 : 0));
        return newest;
      },
    },
  }));
  expect(await brokenBy(mutant, 'sentinels')).toContain('I3');
});

describe('I4: only what a drill made is removed, and nobody else reaches it', () => {
  test('a removal that ignores the mark', async () => {
    const mutant = withPorts(({ ports, instances, changes }) => ({
      databases: {
        ...ports.databases,
        drills: async () => {
          const all = await Promise.all(instances.servers().map(({ id }) => ports.databases.find(id)));
          const mark = { drill: 'nobody', removeBy: '2000-01-01T00:00:00.000Z' };
          return all.flatMap((one) => (one ? [{ ...one, mark: one.mark ?? mark }] : []));
        },
        async remove(id) {
          const mark = instances.find(id)?.mark;
          instances.remove(id);
          changes.add({ resource: `instance/${id}`, token: 0, value: { removed: true, mark } });
        },
      },
    }));
    expect(await brokenBy(mutant, 'reaper-alone')).toEqual(new Set(['I4']));
  });

  test('a copy that is restored into the network of production', async () => {
    const mutant = withPorts(({ ports, instances }) => ({
      databases: {
        ...ports.databases,
        async restore(restore) {
          await ports.databases.restore(restore);
          instances.expose(restore.as);
        },
      },
    }));
    expect(await brokenBy(mutant, 'restore-test')).toEqual(new Set(['I4']));
  });
});

describe('I6: every verdict is true', () => {
  type Verified = { verified: { checks: { name: string }[] } | null };
  const ofWholeTables = ['rows', 'checksums', 'damage', 'read'];

  test('a verdict that passes tables which nobody read', async () => {
    const mutant = withAnswer('VerifyContent', ({ verified, ...rest }: Verified) => ({
      ...rest,
      verified: verified && {
        ...verified,
        checks: verified.checks.filter(({ name }) => !ofWholeTables.includes(name)),
      },
    }));
    expect(await brokenBy(mutant, 'rotten-backup')).toEqual(new Set(['I6']));
    expect(await brokenBy(mutant, 'damaged-copy-flipped-page')).toEqual(new Set(['I6']));
  });
});

test('I6: a live database whose own content is read and then forgotten', async () => {
  const mutant = withPorts(({ ports }) => ({ drills: { ...ports.drills, production: async () => undefined } }));
  expect(await brokenBy(mutant, 'live-database')).toEqual(new Set(['I6']));
});

describe('I8: every end is told', () => {
  test('an outbox that loses what it is given', async () => {
    const mutant = withPorts(({ ports }) => ({ outbox: { ...ports.outbox, enqueue: async () => {} } }));
    expect(await brokenBy(mutant, 'restore-test')).toEqual(new Set(['I8']));
    expect(await brokenBy(mutant, 'backup')).toEqual(new Set(['I8']));
  });
});

test('cost: a copy of a database that has no price', async () => {
  const mutant: Subject = {
    deployed,
    mutate: (world) => ({ ...world, catalog: { ...world.catalog, databases: [] } }),
  };
  expect(await brokenBy(mutant, 'restore-test')).toEqual(new Set(['cost']));
});

describe('exports lie where their backup says', () => {
  const nothing = {
    status: 'complete',
    bytes: 1000,
    sha256: '0'.repeat(64),
    where: 'nowhere',
    finishedAt: '2026-05-01T10:00:00.000Z',
  } as const;

  test('I6: a job that is believed without a look at what it left', async () => {
    const mutant = withPorts(({ ports }) => ({
      exports: { ...ports.exports, start: async () => {}, find: async () => nothing },
    }));
    expect(await brokenBy(mutant, 'backup')).toEqual(new Set(['I6']));
  });

  test('I2: a retention that forgets them', async () => {
    const mutant = withPorts(({ ports }) => ({ exports: { ...ports.exports, remove: async () => {} } }));
    expect(await brokenBy(mutant, 'retention')).toEqual(new Set(['I2']));
  });

  test('I8: exports that nobody asks for, although the policy does', async () => {
    const mutant = withAnswer('BeginBackup', (plan: { policy: object }) => ({
      ...plan,
      policy: { ...plan.policy, exports: [] },
    }));
    expect(await brokenBy(mutant, 'backup')).toEqual(new Set(['I8']));
  });
});
