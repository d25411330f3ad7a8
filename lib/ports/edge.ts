/**
 * What stands before the services. Errors: `ActionImpossible` for a distribution that is not there or a path that it does not take,
 * `DependencyThrottled`, `DependencyUnavailable`, `AccessDenied`.
 */
export interface Edge {
  /** Begins to forget what is kept of a path, `/news/*` say. The same stamp again is the same purge. */
  purge(distribution: string, path: string, stamp: string): Promise<void>;
}

/** What calls functions at certain times. Errors: as above, `ActionImpossible` for what is no schedule. */
export interface Schedules {
  /** It calls nobody from now on, until a person turns it on. One that is paused stays so. */
  pause(schedule: string): Promise<void>;
}
