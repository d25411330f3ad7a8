/** Facts that came with a failure, kept for logs and the ledger. Never secrets. */
export type FailureData = Readonly<Record<string, unknown>>;

/**
 * A named failure. `name` is a literal because state machines match on it and bundlers rename classes.
 * The message says what came, what was allowed and what to do.
 */
export abstract class Failure extends Error {
  abstract override readonly name: string;
  readonly data: FailureData;

  constructor(message: string, data: FailureData = {}, options?: ErrorOptions) {
    super(message, options);
    this.data = data;
  }
}

/** Worth trying again: nothing is wrong with what was asked. Machines retry these. */
export abstract class Transient extends Failure {}

/** Trying again gives the same answer. Machines catch these. */
export abstract class Permanent extends Failure {}
