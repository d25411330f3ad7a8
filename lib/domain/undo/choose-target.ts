import { otherSlot, undoNameOf } from '../../contracts/names.ts';
import { endedStatuses, type LiveRelease, type Release } from '../../contracts/release.ts';
import type { RollbackInput, UndoPlan } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';

type UndoWish = Extract<RollbackInput, { kind: 'undo' }>;
type ManualWish = Extract<RollbackInput, { kind: 'manual' }>;

/** What is on record when somebody wants to go back. Nobody's health is among it. */
export type UndoFacts =
  | {
      wish: UndoWish;
      release: Release | undefined;
      leaseHolder: string | undefined;
      live?: LiveRelease | undefined;
    }
  | { wish: ManualWish; live: LiveRelease | undefined; recent: readonly Release[]; badDigests: readonly string[] };

/** The undo without the service's settings, nothing to do, or no. */
export type Choice =
  | { action: 'undo'; undo: Omit<UndoPlan, 'floor' | 'smokePath' | 'policy'> }
  | { action: 'none' | 'refuse'; reason: string };

export const chooseTarget = (facts: UndoFacts): Choice => ('leaseHolder' in facts ? undoOf(facts) : lastGood(facts));

/**
 * The target was chosen before the release moved any traffic. Rule: a release whose end is on record stays ended, and one
 * whose service somebody else holds by now is theirs to look after.
 */
const undoOf = ({ wish, release, leaseHolder, live }: Extract<UndoFacts, { wish: UndoWish }>): Choice => {
  if (!release) return { action: 'none', reason: `${wish.releaseId} was never planned` };
  if (endedStatuses.includes(release.status))
    return { action: 'none', reason: `${wish.releaseId} already ended as ${release.status}` };
  const ours = [undefined, wish.releaseId, undoNameOf(wish.releaseId)];
  if (!ours.includes(leaseHolder)) return { action: 'none', reason: `${leaseHolder} took ${wish.service} over` };
  if (live && !onItsWay(release, live))
    return { action: 'none', reason: `${live.releaseId} is live by now, and the way back leads behind it` };
  return { action: 'undo', undo: back(release, readCause(wish.failed)) };
};

const back = (
  release: Release,
  cause: Pick<UndoPlan, 'reason' | 'foundBad' | 'firstBadAt'>,
): Extract<Choice, { action: 'undo' }>['undo'] => ({
  service: release.service,
  releaseId: release.releaseId,
  from: { slot: release.slot, digest: release.digest },
  to: release.undo,
  fill: false,
  ...cause,
});

/**
 * A person's wish. A release on its way is brought back; otherwise the newest promoted release before the live one, if it
 * was never found bad. Rule: a version a person rolls back counts as bad.
 */
const lastGood = ({ wish, live, recent, badDigests }: Extract<UndoFacts, { wish: ManualWish }>): Choice => {
  const cause = {
    ...readCause({ error: 'RolledBackByPerson', cause: wish.reason }),
    reason: `${wish.requestedBy} asked: ${wish.reason}`,
  };
  if (!live) return { action: 'refuse', reason: 'nothing is live' };
  if (wish.onlyOf !== undefined && wish.onlyOf !== live.releaseId)
    return { action: 'none', reason: `${live.releaseId} is live by now, and ${wish.onlyOf} was to be undone` };
  const running = recent.find((release) => onItsWay(release, live));
  if (running) return { action: 'undo', undo: back(running, cause) };
  const target = before(live, recent).find(
    ({ status, digest }) => status === 'promoted' && digest !== live.digest && !badDigests.includes(digest),
  );
  if (!target)
    return { action: 'refuse', reason: 'no promoted release before the live one is left that was never found bad' };
  const { slot, digest, releaseId } = live;
  const to = { slot: otherSlot(slot), digest: target.digest, releaseId: target.releaseId };
  return {
    action: 'undo',
    undo: { service: wish.service, releaseId, from: { slot, digest }, to, fill: true, ...cause },
  };
};

/**
 * Not ended, and planned from what is live now or live itself. Danger: a release whose end was lost long ago is not ended
 * either, and its way back may lead behind what was promoted since.
 */
export const onItsWay = ({ status, releaseId, undo }: Release, live: LiveRelease): boolean =>
  !endedStatuses.includes(status) && (undo.releaseId === live.releaseId || releaseId === live.releaseId);

/** Newer ones were already left behind, by a rollback. A live release without a record is newer than all that have one. */
const before = (live: LiveRelease, recent: readonly Release[]): readonly Release[] =>
  recent.slice(recent.findIndex(({ releaseId }) => releaseId === live.releaseId) + 1);
