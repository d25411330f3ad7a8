import type { Watched } from './judge-watch.ts';

/** Why a watch ends badly, as the error that machines and records carry. */
export const undoErrors = ['ReleaseUnhealthy', 'AlarmRaised', 'ReleaseInconclusive'] as const;
export type UndoError = (typeof undoErrors)[number];

/**
 * Only requests of the new slot speak against the version itself, and so only they keep it from ever coming back. An
 * alarm may ring for something else, and a watch that could not tell has found nothing.
 */
export const undoErrorOf = ({ verdict, checks }: Pick<Watched, 'verdict' | 'checks'>): UndoError => {
  if (verdict !== 'unhealthy') return 'ReleaseInconclusive';
  const against = checks.filter((check) => check.verdict === 'unhealthy');
  return against.every(({ name }) => name === 'alarms') ? 'AlarmRaised' : 'ReleaseUnhealthy';
};
