import { endsOnGoodRelease, helplessnessIsOnRecord, trafficIsOnReadyPods } from './i1-serving.ts';
import {
  everyRunEnds,
  nextReleaseGetsThrough,
  noLeaseIsHeld,
  noSlotIsForgotten,
  noSlotIsHalfShifted,
} from './i2-nothing-held.ts';
import { NoStaleWriter, oneRecordOfEach } from './i3-one-effect.ts';
import { badIsRemembered, NothingBadComesBack } from './i6-found-bad.ts';
import { everyEndIsTold, failsOnlyForGood } from './i8-told.ts';
import type { Judged } from './judged.ts';
import type { Report, Violation } from './violation.ts';

export type { Judged } from './judged.ts';
export type { Violation } from './violation.ts';

const atTheEnd = [
  everyRunEnds,
  endsOnGoodRelease,
  helplessnessIsOnRecord,
  noLeaseIsHeld,
  noSlotIsHalfShifted,
  noSlotIsForgotten,
  oneRecordOfEach,
  badIsRemembered,
  everyEndIsTold,
  failsOnlyForGood,
];

/** Watches one run: cheap checks after every virtual instant, all of them at the end. */
export class Invariants {
  readonly violations: Violation[] = [];
  readonly #judged: Judged;
  readonly #startMs: number;
  readonly #noStaleWriter = new NoStaleWriter();
  readonly #nothingBadComesBack = new NothingBadComesBack();

  constructor(judged: Judged) {
    this.#judged = judged;
    this.#startMs = judged.twin.clock.now();
  }

  /** True as soon as a promise is broken: nothing after that is worth looking at. */
  broken(): boolean {
    trafficIsOnReadyPods(this.#judged, this.#report);
    this.#noStaleWriter.check(this.#judged, this.#report);
    this.#nothingBadComesBack.check(this.#judged, this.#report);
    return this.violations.length > 0;
  }

  checkEnd(): void {
    for (const check of atTheEnd) check(this.#judged, this.#report);
  }

  /** After one more release, for which nothing went wrong. */
  checkNext(): void {
    nextReleaseGetsThrough(this.#judged, this.#report);
    this.checkEnd();
  }

  readonly #report: Report = (invariant, saw) => {
    const atSeconds = (this.#judged.twin.clock.now() - this.#startMs) / 1000;
    this.violations.push({ invariant, atSeconds, saw });
  };
}
