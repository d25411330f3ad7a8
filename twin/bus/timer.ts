import type { Clock } from '../engine/index.ts';

/** Calls back once, at the instant last asked for. */
export interface Timer {
  /** Replaces what was set before; undefined: never. */
  set(instantMs: number | undefined): void;
}

export const timerOn = (clock: Clock, callback: () => void): Timer => {
  let cancel: (() => void) | undefined;
  return {
    set(instantMs) {
      cancel?.();
      cancel = instantMs === undefined ? undefined : clock.at(instantMs, callback);
    },
  };
};
