import * as v from 'valibot';
import { RecordCorrupt } from '../../contracts/failures.ts';
import { problemsOf } from '../../runtime/problems.ts';
import type { Item } from './table.ts';

/** An item as what it should be. Errors: `RecordCorrupt` names the item and everything that is wrong with it. */
export const readRecord = <T>(schema: v.GenericSchema<unknown, T>, item: Item): T => {
  const parsed = v.safeParse(schema, item);
  if (parsed.success) return parsed.output;
  const problems = problemsOf(parsed.issues);
  throw new RecordCorrupt(`${item.pk} ${item.sk}: ${problems.join('; ')}`, { pk: item.pk, sk: item.sk, problems });
};
