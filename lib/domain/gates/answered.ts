import type { Check } from '../../contracts/verdict.ts';

/** A gate's answer before it has its name. */
export type Answered = Omit<Check, 'name'>;
