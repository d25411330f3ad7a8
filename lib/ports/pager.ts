import type { CallKey, PagerCall } from '../contracts/pager.ts';

/** Wakes people. Errors of all: `PagerRefused`, `DependencyThrottled`, `DependencyUnavailable`, `ConfigInvalid` for a rota without a key. */
export interface Pager {
  /** The same key again is the same call, until it is resolved. */
  call(call: PagerCall): Promise<void>;
  /** Somebody looks after it: it calls nobody any more. One that was never made is fine. */
  acknowledge(call: CallKey): Promise<void>;
  /** It is over. One that was never made is fine. */
  resolve(call: CallKey): Promise<void>;
}
