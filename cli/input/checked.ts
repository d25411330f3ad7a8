import * as v from 'valibot';
import { InputInvalid, ServiceUnknown } from '../../lib/contracts/failures.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { problemsOf } from '../../lib/runtime/problems.ts';

/** A wish as its contract allows it. Errors: `InputInvalid` that lists every problem. */
export const checked = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T => {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new InputInvalid(problems.join('; '), { problems });
};

/** Errors: `ServiceUnknown`, with the services that are known. */
export const assertService = async ({ catalogs }: Needs<'catalogs'>, service: string): Promise<void> => {
  const { services } = await catalogs.current();
  const known = services.map(({ name }) => name);
  if (!known.includes(service)) throw new ServiceUnknown(service, known);
};
