import { LeaseLost } from '../../contracts/failures.ts';
import type { Item, Key, Table } from './table.ts';

/**
 * Writes `fields` unless a larger token has written before. `revision` counts the writes, so that a writer can see
 * whether another came after it even under the same token. Errors: `LeaseLost` for `resource`.
 */
export const writeFenced = async (
  table: Table,
  key: Key,
  resource: string,
  fields: Record<string, unknown>,
  token: number,
): Promise<Item> => {
  const entries = Object.entries({ ...fields, token });
  const names = Object.fromEntries([...entries.map(([name]) => [`#${name}`, name]), ['#revision', 'revision']]);
  const values = Object.fromEntries([...entries.map(([name, value]) => [`:${name}`, value]), [':one', 1]]);
  const set = `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')} ADD #revision :one`;
  const written = await table.update(key, { set, when: 'attribute_not_exists(pk) OR #token <= :token', names, values });
  if (written) return written;
  const newest = await table.get(key);
  throw new LeaseLost(resource, token, Number(newest?.token));
};
