import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { Plan, Release } from '../../lib/contracts/release.ts';
import { chainEntry } from '../../lib/domain/ledger/chain.ts';
import { closingMessage } from '../../lib/domain/messages/closing-message.ts';
import { capacityFor } from '../../lib/domain/release/capacity.ts';
import { planRelease, releaseOf } from '../../lib/domain/release/plan-release.ts';
import { tellStory } from '../../lib/domain/story/tell-story.ts';
import { aFact, aLive, aPolicy, aService, aSlotState, now, v1, v2 } from '../support/builders.ts';

const wish = { service: 'shop', digest: v2, requestedBy: 'ci', requestId: 'r2' };
const plan = planRelease({ wish, service: aService(), policy: aPolicy(), live: aLive(), now });

describe('a plan', () => {
  test('fills the slot that does not serve, and goes back to what serves now', () => {
    expect(plan).toMatchObject({ releaseId: 'shop-r2', idleSlot: 'green', live: { slot: 'blue', digest: v1 } });
    expect(v.is(Plan, plan)).toBe(true);
  });

  test('is remembered as a planned release with its way back', () => {
    const release = releaseOf(plan, 'run-1');
    expect(release).toMatchObject({ status: 'planned', slot: 'green', undo: plan.live, run: 'run-1' });
    expect(v.is(Release, release)).toBe(true);
  });
});

test.each([
  [{ wanted: 5, ready: 4 }, 5],
  [{ wanted: 4, ready: 5 }, 5],
  [{ wanted: 1, ready: 0 }, 3],
])('beside a slot with %j another one gets %d pods', (changes, pods) => {
  expect(capacityFor(aSlotState(changes), 3)).toBe(pods);
});

test('whoever closes a release, it is the same message', () => {
  const ending = { service: 'shop', status: 'undone', at: now };
  const told = ['the machine saw it', 'its run was stopped'].map((reason) =>
    closingMessage({ ...ending, id: 'shop-r2', reason }),
  );
  expect(told.map(({ id }) => id)).toEqual(['closing-shop-r2', 'closing-shop-r2']);
});

describe('a story', () => {
  test('counts its seconds from its first fact', () => {
    const first = chainEntry(aFact({ key: 'a', says: 'it began' }), undefined);
    const second = chainEntry(aFact({ key: 'b', says: 'it ended', at: plusSeconds(now, 90) }), first);
    expect(tellStory([first, second]).map(({ sinceStartSeconds, says }) => [sinceStartSeconds, says])).toEqual([
      [0, 'it began'],
      [90, 'it ended'],
    ]);
  });

  test('without facts is empty', () => expect(tellStory([])).toEqual([]));
});
