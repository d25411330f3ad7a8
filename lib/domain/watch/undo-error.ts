import { failureRate } from './counts.ts';
import type { Watched } from './judge-watch.ts';

/** Why a watch ends badly, as the error that machines and records carry. */
export const undoErrors = ['ReleaseUnhealthy', 'LimitBroken', 'AlarmRaised', 'ReleaseInconclusive'] as const;
export type UndoError = (typeof undoErrors)[number];

/**
 * All of these undo, but only `ReleaseUnhealthy` keeps the version from ever coming back. It takes something that speaks
 * against the version itself: the comparison with the live slot, its own latency, or an error rate over the limit while
 * the live slot fails no more than tolerated. A fault that both slots share, an alarm that rings for something else and a
 * watch that could not tell condemn nobody.
 */
export const undoErrorOf = (
  judged: Pick<Watched, 'verdict' | 'checks' | 'seen'>,
  toleratedErrorRate: number,
): UndoError => {
  if (judged.verdict !== 'unhealthy') return 'ReleaseInconclusive';
  const against = judged.checks.filter(({ verdict }) => verdict === 'unhealthy').map(({ name }) => name);
  if (against.every((name) => name === 'alarms')) return 'AlarmRaised';
  const shared = failureRate(judged.seen.live) > toleratedErrorRate;
  return shared && against.every((name) => ['alarms', 'limit errorRate'].includes(name))
    ? 'LimitBroken'
    : 'ReleaseUnhealthy';
};
