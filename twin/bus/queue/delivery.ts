/** What a function is owed: one payload, until it is taken or given up. */
export interface Delivery {
  readonly id: number;
  /** The key of the function in serverless.yml. */
  readonly target: string;
  readonly payload: unknown;
  readonly acceptedMs: number;
  /** How often the function failed with it. */
  readonly failures: number;
  /** How often it was throttled, or the twin ended while it ran. */
  readonly faults: number;
}

/** A delivery that was given up, kept until it is sent again. `error`: the last one. */
export interface DeadLetter extends Delivery {
  readonly deadMs: number;
  readonly error: string;
}

/** What came of one attempt. A fault is the platform's, not the function's. */
export type Attempt =
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'fault'; readonly error: string };

/** Of asynchronous invocations of one function. */
export interface RetryPolicy {
  /** After the first attempt. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}
