import type * as v from 'valibot';
import type { Ports } from '../ports/index.ts';
import type { Call } from './call.ts';

type Schema<T = unknown> = v.GenericSchema<unknown, T>;

/** One unit of work behind one Lambda function: what it takes, what it gives, what it needs, and how it is done. */
export interface Task<P extends Partial<Ports> = Partial<Ports>, I = unknown, O = unknown> {
  readonly kind: 'step' | 'trigger';
  readonly name: string;
  readonly input: Schema<I>;
  readonly output: Schema<O>;
  run(ports: P, input: I, call: Call): Promise<O>;
}

type Definition<P extends Partial<Ports>, I, O> = Omit<Task<P, I, O>, 'kind'>;

/** A task of a state machine. Its name is the name of the state, the file and the function. */
export const step = <P extends Partial<Ports>, I, O>(definition: Definition<P, I, O>): Task<P, I, O> => ({
  kind: 'step',
  ...definition,
});
