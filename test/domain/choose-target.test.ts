import { describe, expect, test } from '@jest/globals';
import type { Release } from '../../lib/contracts/release.ts';
import { chooseTarget } from '../../lib/domain/undo/choose-target.ts';
import { aLive, aRelease, digestOf, now, v1, v2 } from '../support/builders.ts';

const failed = { error: 'ReleaseUnhealthy', cause: JSON.stringify({ reason: 'too many errors', firstBadAt: now }) };
const undo = { kind: 'undo', service: 'shop', releaseId: 'shop-r2', requestedBy: 'evenkeel', failed } as const;
const manual = { kind: 'manual', service: 'shop', requestedBy: 'ann', reason: 'looks wrong' } as const;
const live = aLive({ slot: 'green', digest: v2, releaseId: 'shop-r2' });

describe('the undo of a release', () => {
  test('goes to the target chosen before it moved traffic, and remembers why', () => {
    const choice = chooseTarget({ wish: undo, release: aRelease(), leaseHolder: 'shop-r2' });
    expect(choice).toMatchObject({
      action: 'undo',
      undo: { to: { slot: 'blue', digest: v1 }, foundBad: true, firstBadAt: now, fill: false },
    });
  });

  test('does not call a version bad because its watcher died', () => {
    const wish = { ...undo, failed: { error: 'States.HeartbeatTimeout', cause: '' } };
    expect(chooseTarget({ wish, release: aRelease(), leaseHolder: 'shop-r2' })).toMatchObject({
      undo: { foundBad: false },
    });
  });

  test.each(['promoted', 'undone', 'rejected', 'failed'] as const)(
    'does nothing when it already ended as %s',
    (status) => {
      expect(chooseTarget({ wish: undo, release: aRelease({ status }), leaseHolder: undefined })).toMatchObject({
        action: 'none',
      });
    },
  );

  test('leaves a service alone that somebody else holds by now', () => {
    expect(chooseTarget({ wish: undo, release: aRelease(), leaseHolder: 'rollback-shop-x' })).toMatchObject({
      action: 'none',
    });
  });
});

describe('the undo of a release whose end came late', () => {
  const facts = { wish: undo, release: aRelease(), leaseHolder: undefined };

  test.each(['shop-r1', 'shop-r2'])('still goes back while %s is live', (releaseId) => {
    expect(chooseTarget({ ...facts, live: { ...live, releaseId } }).action).toBe('undo');
  });

  test('does nothing once another one is live: its way back would lead behind that', () => {
    expect(chooseTarget({ ...facts, live: { ...live, releaseId: 'shop-r3' } }).action).toBe('none');
  });
});

describe("a person's rollback", () => {
  const recent = [
    aRelease({ status: 'promoted' }),
    aRelease({ releaseId: 'shop-r1', digest: v1, slot: 'blue', status: 'promoted' }),
    aRelease({ releaseId: 'shop-r0', digest: digestOf('0'), status: 'promoted' }),
  ];

  test('brings a running release back', () => {
    const choice = chooseTarget({ wish: manual, live, recent: [aRelease()], badDigests: [] });
    expect(choice).toMatchObject({ action: 'undo', undo: { releaseId: 'shop-r2', fill: false } });
  });

  test('brings a release back that has not moved traffic yet', () => {
    const choice = chooseTarget({
      wish: manual,
      live: aLive(),
      recent: [aRelease({ status: 'planned' })],
      badDigests: [],
    });
    expect(choice).toMatchObject({ action: 'undo', undo: { releaseId: 'shop-r2', to: { releaseId: 'shop-r1' } } });
  });

  test('does not take a release whose end was lost for the running one', () => {
    const lost = aRelease({
      releaseId: 'shop-r1a',
      undo: { slot: 'blue', digest: digestOf('0'), releaseId: 'shop-r0' },
    });
    const choice = chooseTarget({ wish: manual, live, recent: [lost, ...recent], badDigests: [] });
    expect(choice).toMatchObject({ undo: { releaseId: 'shop-r2', to: { releaseId: 'shop-r1' } } });
  });

  test('never goes forward to a release that was left behind', () => {
    const choice = chooseTarget({ wish: manual, live: aLive(), recent, badDigests: [] });
    expect(choice).toMatchObject({ undo: { releaseId: 'shop-r1', to: { releaseId: 'shop-r0' } } });
  });

  test('is refused when nothing is live', () => {
    expect(chooseTarget({ wish: manual, live: undefined, recent, badDigests: [] })).toMatchObject({ action: 'refuse' });
  });

  test('fills the other slot with the newest good release before the live one', () => {
    const choice = chooseTarget({ wish: manual, live, recent, badDigests: [] });
    expect(choice).toMatchObject({
      undo: { from: { slot: 'green' }, to: { slot: 'blue', digest: v1, releaseId: 'shop-r1' }, fill: true },
    });
  });

  test('passes over an earlier release of the very version that is live', () => {
    const again = [recent[0], aRelease({ releaseId: 'shop-r1a', status: 'promoted' }), ...recent.slice(1)] as Release[];
    expect(chooseTarget({ wish: manual, live, recent: again, badDigests: [] })).toMatchObject({
      undo: { to: { releaseId: 'shop-r1' } },
    });
  });

  test('passes over a version found bad', () => {
    expect(chooseTarget({ wish: manual, live, recent, badDigests: [v1] })).toMatchObject({
      undo: { to: { releaseId: 'shop-r0' } },
    });
  });

  test('is refused when nothing good is left', () => {
    expect(chooseTarget({ wish: manual, live, recent: recent.slice(0, 1), badDigests: [] })).toMatchObject({
      action: 'refuse',
    });
  });

  test('that is meant for one release alone does nothing once another is live', () => {
    const facts = { live, recent, badDigests: [] };
    expect(chooseTarget({ ...facts, wish: { ...manual, onlyOf: 'shop-r3' } }).action).toBe('none');
    expect(chooseTarget({ ...facts, wish: { ...manual, onlyOf: 'shop-r2' } }).action).toBe('undo');
  });
});
