/** When something is due, in epoch milliseconds. `anchorMs`: an instant at which it was due before. */
export interface Schedule {
  /** The first tick strictly after; undefined when there is none. */
  next(afterMs: number, anchorMs: number): number | undefined;
  /** The last tick at or before; undefined when there was none. */
  latest(untilMs: number, anchorMs: number): number | undefined;
}
