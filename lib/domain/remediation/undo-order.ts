import type { Attempt } from '../../contracts/incident.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import { rollbackNameOf, type ServiceName, undoNameOf } from '../../contracts/names.ts';
import type { LiveRelease, Release } from '../../contracts/release.ts';
import type { RollbackInput } from '../../contracts/rollback.ts';
import { onItsWay } from '../undo/choose-target.ts';
import { requestIdOf } from './request-id.ts';

/** What is on record as a service is to be brought back. `holder`: of its lease. `why`: the alarm, in words. */
export type UndoFacts = {
  service: ServiceName;
  attempt: Pick<Attempt, 'id'>;
  firedAt: Instant;
  why: string;
  live: LiveRelease;
  recent: readonly Release[];
  holder: string | undefined;
};

/** A run of the rollback machine, or why there is nothing to start. `says`: what is done, as a sentence. */
export type UndoOrder = { says: string; run?: { name: string; input: RollbackInput } };

const bringBack = /^(rollback|rebound|undo|redo)-/;

/**
 * A release on its way is undone under the name that everybody uses for its undo; else the live one is brought back to the last good
 * one. Rule: what the alarm fired about is undone once. Whoever goes back already is left alone, and what went live after the alarm
 * fired (the release that an undo returned to, say) did not cause it, unless it moved traffic then.
 */
export const undoOrder = ({ service, attempt, firedAt, why, live, recent, holder }: UndoFacts): UndoOrder => {
  const running = recent.find((release) => onItsWay(release, live));
  if (running) return undoOf(running, why);
  if (holder !== undefined && bringBack.test(holder)) return { says: `${holder} brings ${service} back already` };
  const undone = recent.find(({ status, endedAt }) => status === 'undone' && endedAt && toMs(endedAt) >= toMs(firedAt));
  if (undone) return { says: `${undone.releaseId} was undone already since the alarm fired` };
  if (toMs(live.since) > toMs(firedAt) && !recent.some((release) => wasOnItsWay(release, live, firedAt)))
    return { says: `${live.releaseId} went live after the alarm fired, so nothing was undone` };
  const name = rollbackNameOf(service, requestIdOf(attempt));
  const wish = { kind: 'manual', service, requestedBy: 'evenkeel', reason: why, onlyOf: live.releaseId } as const;
  return { says: `started ${name}, from ${live.releaseId} to the last good release`, run: { name, input: wish } };
};

const undoOf = ({ service, releaseId }: Release, why: string): UndoOrder => {
  const name = undoNameOf(releaseId);
  const failed = { error: 'AlarmRaised', cause: why };
  return {
    says: `started ${name}, of a release on its way`,
    run: { name, input: { kind: 'undo', service, releaseId, requestedBy: 'evenkeel', failed } },
  };
};

const wasOnItsWay = ({ releaseId, plannedAt, endedAt }: Release, live: LiveRelease, at: Instant): boolean =>
  releaseId === live.releaseId && toMs(plannedAt) <= toMs(at) && endedAt !== undefined && toMs(endedAt) >= toMs(at);
