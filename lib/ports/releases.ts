import type { Digest, ReleaseId, ServiceName } from '../contracts/names.ts';
import type { LiveRelease, Release } from '../contracts/release.ts';

/** What ran, runs and must not run again. */
export interface Releases {
  live(service: ServiceName): Promise<LiveRelease | undefined>;
  find(releaseId: ReleaseId): Promise<Release | undefined>;
  /** Newest plan first. */
  recent(service: ServiceName, limit: number): Promise<Release[]>;
  /** Keeps a new release; one with the same id is left as it is. */
  plan(release: Release): Promise<void>;
  /**
   * Changes some fields of a known release. An ended release keeps its end: the first writer wins. Errors:
   * `RecordCorrupt` for a release that was never planned.
   */
  advance(
    releaseId: ReleaseId,
    change: Partial<Pick<Release, 'status' | 'endedAt' | 'reason' | 'timeToSafeMs'>>,
  ): Promise<void>;
  /** Declares what is live. Fenced: a token older than the last one is refused with `LeaseLost`. */
  setLive(service: ServiceName, live: LiveRelease, token: number): Promise<void>;
  /** Never forgotten: no machine promotes or deploys this digest for the service again. The first reason stays. */
  markBad(service: ServiceName, digest: Digest, reason: string): Promise<void>;
  /** The reason, if this digest was found bad. */
  badReason(service: ServiceName, digest: Digest): Promise<string | undefined>;
}
