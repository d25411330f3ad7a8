import * as v from 'valibot';
import { ConfigInvalid } from '../contracts/failures.ts';
import { problemsOf } from './problems.ts';

export type ConfigShape = v.ObjectEntries;

/** A setting that must be there; there are no defaults for names of things. */
export const setting = v.pipe(
  v.string('expected a value, the variable is not set'),
  v.minLength(1, 'expected a value, the variable is empty'),
);

/** Reads all settings at once. Errors: one `ConfigInvalid` that lists every problem. */
export const parseConfig = <S extends ConfigShape>(
  shape: S,
  environment: Record<string, string | undefined> = process.env,
) => {
  // Each name is there, if only as undefined, so that a setting's own words say what is missing.
  const named = Object.fromEntries(Object.keys(shape).map((name) => [name, environment[name]]));
  const parsed = v.safeParse(v.object(shape), named);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new ConfigInvalid(`configuration: ${problems.join('; ')}`, { problems });
};
