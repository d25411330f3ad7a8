import { Transient } from '../../lib/contracts/failure.ts';
import * as failures from '../../lib/contracts/failures.ts';

type FailureClass = { name: string; prototype: object };
const classes = Object.values(failures) as FailureClass[];

/** By name: whether trying again can help. Class names are checked against the literal `name` elsewhere. */
export const failureKinds = new Map(
  classes.map(({ name, prototype }) => [name, prototype instanceof Transient ? 'Transient' : 'Permanent'] as const),
);
export const transientNames = [...failureKinds].filter(([, kind]) => kind === 'Transient').map(([name]) => name);
