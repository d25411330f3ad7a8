import { describe, expect, test } from '@jest/globals';
import { plusSeconds } from '../../../lib/contracts/instant.ts';
import { type UndoFacts, undoOrder } from '../../../lib/domain/remediation/undo-order.ts';
import { aLive, aRelease, now, v2 } from '../../support/builders.ts';

const before = plusSeconds(now, -3600);
const after = plusSeconds(now, 60);
const promoted = aRelease({ status: 'promoted', plannedAt: before, endedAt: before });
const facts = (changes: Partial<UndoFacts> = {}): UndoFacts => ({
  service: 'shop',
  attempt: { id: 'remedy-1-0' },
  firedAt: now,
  why: 'alarm shop-errors fired',
  live: aLive({ releaseId: 'shop-r2', slot: 'green', digest: v2, since: before }),
  recent: [promoted],
  holder: undefined,
  ...changes,
});

describe('what is undone', () => {
  test('the live release, and only while it is live, under a name of the attempt', () => {
    const { run, says } = undoOrder(facts());
    expect(run).toMatchObject({
      name: expect.stringMatching(/^rollback-shop-[0-9a-f]{16}$/),
      input: { kind: 'manual', onlyOf: 'shop-r2', reason: 'alarm shop-errors fired' },
    });
    expect(says).toContain('from shop-r2 to the last good release');
    expect(undoOrder(facts()).run).toEqual(run);
    expect(undoOrder(facts({ attempt: { id: 'remedy-1-1' } })).run?.name).not.toBe(run?.name);
  });

  test('a release on its way, under the name of its undo, also while somebody holds the service', () => {
    const running = aRelease({ releaseId: 'shop-r3', undo: { slot: 'green', digest: v2, releaseId: 'shop-r2' } });
    for (const holder of ['shop-r3', 'undo-shop-r3'])
      expect(undoOrder(facts({ recent: [running, promoted], holder })).run).toMatchObject({
        name: 'undo-shop-r3',
        input: { kind: 'undo', releaseId: 'shop-r3' },
      });
  });

  test('what was promoted after the alarm fired and moved traffic then', () => {
    const recent = [{ ...promoted, endedAt: after }];
    expect(undoOrder(facts({ live: { ...facts().live, since: after }, recent })).run).toBeDefined();
  });
});

describe('nothing is undone twice', () => {
  test.each<[string, Partial<UndoFacts>, string]>([
    ['somebody goes back already', { holder: 'rollback-shop-x' }, 'rollback-shop-x brings shop back already'],
    [
      'the release was undone since',
      { recent: [aRelease({ releaseId: 'shop-r3', status: 'undone', endedAt: after }), promoted] },
      'shop-r3 was undone already',
    ],
    ['an undo returned to what is live', { live: aLive({ since: after }) }, 'shop-r1 went live after the alarm fired'],
    [
      'a newer one went live since',
      {
        live: { ...facts().live, since: after },
        recent: [{ ...promoted, plannedAt: plusSeconds(now, 1), endedAt: after }],
      },
      'shop-r2 went live after',
    ],
  ])('%s', (_, changes, says) => {
    expect(undoOrder(facts(changes))).toEqual({ says: expect.stringContaining(says) });
  });
});
