import type * as v from 'valibot';

/** Something a process of the world does when asked on its control port. */
export interface Operation<I, O> {
  readonly input: v.GenericSchema<unknown, I>;
  run(input: I): O | Promise<O>;
}

export const operation = <I, O>(
  input: v.GenericSchema<unknown, I>,
  run: (input: I) => O | Promise<O>,
): Operation<I, O> => ({ input, run });

// biome-ignore lint/suspicious/noExplicitAny: each operation has its own input; the schema in it is what checks it.
export type Operations = Readonly<Record<string, Operation<any, unknown>>>;
type Run<T> = T extends { run: infer R } ? R : never;
export type InputOf<T> = Run<T> extends (input: infer I) => unknown ? I : never;
export type OutputOf<T> = Run<T> extends (input: never) => infer O ? Awaited<O> : never;
