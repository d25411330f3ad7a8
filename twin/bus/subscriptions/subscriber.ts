import * as v from 'valibot';
import { problemsOf } from '../../../lib/runtime/problems.ts';
import type { Origin } from '../events/event.ts';
import type { Subscriptions } from './types.ts';

/** Whose trigger is read, and which of its triggers it is. */
export interface Subscriber {
  /** The key of the function in serverless.yml. */
  readonly key: string;
  /** Its name on AWS. */
  readonly name: string;
  readonly index: number;
  readonly origin: Origin;
}

/** Turns the value of one kind of trigger into subscriptions. Errors: any; each becomes a problem with its place. */
export type ReadTrigger = (value: unknown, subscriber: Subscriber) => Partial<Subscriptions>;

/** An error that lists several problems at once. */
export class Problems extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

export const parsed = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T => {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new Problems(problemsOf(result.issues));
};
