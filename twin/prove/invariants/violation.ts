import type { Judged } from './judged.ts';

/** One broken promise: which (design.md section 8, and what everything costs), when in the story, and what was seen. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I8' | 'cost';
  readonly atSeconds: number;
  readonly saw: string;
}

/** Says that a promise was broken; the time is added by whoever checks. */
export type Report = (invariant: Violation['invariant'], saw: string) => void;

/** Looks at a run, and says what is wrong with it. */
export type Check = (judged: Judged, report: Report) => void;

/** One that remembers what it saw before, made anew for each run. */
export interface Watcher {
  check: Check;
}

/** What must hold at every instant, and when nothing is left to happen. `watchers`: made anew for each run. */
export interface Promises {
  readonly always: readonly Check[];
  readonly watchers: () => readonly Watcher[];
  readonly atTheEnd: readonly Check[];
}
