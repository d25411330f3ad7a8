import type { Part } from '../part.ts';
import { uncaughtInDrift } from './drift.ts';
import { uncaughtInKubernetes } from './kubernetes.ts';
import { uncaughtInTerraform } from './terraform.ts';

/** A check that cannot fail says nothing: known faults are put into copies, and each must be caught by a rule. */
export const mutationsPart: Part = async (say) => ({
  counts: {},
  problems: [
    ...(await uncaughtInDrift(say)),
    ...(await uncaughtInKubernetes(say)),
    ...(await uncaughtInTerraform(say)),
  ],
});
