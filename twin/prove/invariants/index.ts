import type { About, Story } from '../story.ts';
import { promisesOfCertificates } from './certificates/index.ts';
import { promisesOfFailover } from './failover/index.ts';
import { endsOnGoodRelease, helplessnessIsOnRecord, trafficIsOnReadyPods } from './i1-serving.ts';
import { everyRunEnds, nextEndsWell } from './i2-every-run-ends.ts';
import { noLeaseIsHeld, noSlotIsForgotten, noSlotIsHalfShifted } from './i2-nothing-held.ts';
import { NoStaleWriter, oneRecordOfEach } from './i3-one-effect.ts';
import { badIsRemembered, NothingBadComesBack } from './i6-found-bad.ts';
import { everyEndIsTold, failsOnlyForGood } from './i8-told.ts';
import type { Judged } from './judged.ts';
import { promisesOfRecovery } from './recovery/index.ts';
import { promisesOfRemediation } from './remediation/index.ts';
import type { Check, Promises, Report, Violation, Watcher } from './violation.ts';

export type { Judged } from './judged.ts';
export type { Violation } from './violation.ts';

const promisesOfReleases: Promises = {
  always: [trafficIsOnReadyPods],
  watchers: () => [new NoStaleWriter(), new NothingBadComesBack()],
  atTheEnd: [
    endsOnGoodRelease,
    helplessnessIsOnRecord,
    noLeaseIsHeld,
    noSlotIsHalfShifted,
    noSlotIsForgotten,
    badIsRemembered,
    everyEndIsTold,
    failsOnlyForGood,
  ],
};

const promisesOf: Readonly<Record<About, Promises>> = {
  releases: promisesOfReleases,
  recovery: promisesOfRecovery,
  failover: promisesOfFailover,
  certificates: promisesOfCertificates,
  remediation: promisesOfRemediation,
};

/** Of every story, whatever it is about. */
const ofAll: readonly Check[] = [everyRunEnds, oneRecordOfEach];

/** Watches one run: cheap checks after every virtual instant, all of them at the end. */
export class Invariants {
  readonly violations: Violation[] = [];
  readonly #judged: Judged;
  readonly #startMs: number;
  readonly #always: readonly Check[];
  readonly #watchers: readonly Watcher[];
  readonly #atTheEnd: readonly Check[];

  constructor(judged: Judged) {
    this.#judged = judged;
    this.#startMs = judged.twin.clock.now();
    const promises = promisesOf[judged.story.about];
    this.#always = promises.always;
    this.#watchers = promises.watchers();
    this.#atTheEnd = [...ofAll, ...promises.atTheEnd];
  }

  /** True as soon as a promise is broken: nothing after that is worth looking at. */
  broken(): boolean {
    for (const check of this.#always) check(this.#judged, this.#report);
    for (const watcher of this.#watchers) watcher.check(this.#judged, this.#report);
    return this.violations.length > 0;
  }

  checkEnd(): void {
    for (const check of this.#atTheEnd) check(this.#judged, this.#report);
  }

  /** After what comes next, for which nothing went wrong. */
  checkNext(ends: Story['ends']): void {
    nextEndsWell(this.#judged, ends, this.#report);
    this.checkEnd();
  }

  readonly #report: Report = (invariant, saw) => {
    const atSeconds = (this.#judged.twin.clock.now() - this.#startMs) / 1000;
    this.violations.push({ invariant, atSeconds, saw });
  };
}
