import { writeFenced } from './fenced.ts';
import type { Item, Table } from './table.ts';

/** What a run of remediation last did to a resource, `database/shop` say, and under which fencing token. */
export const actRegister = (table: Table, resource: string) => {
  const key = { pk: `act#${resource}`, sk: 'register' };
  return {
    read: (): Promise<Item | undefined> => table.get(key),
    /** Before each effect: whoever holds an older token goes no further. Errors: `LeaseLost`. */
    admit: (fields: Record<string, unknown>, token: number): Promise<Item> =>
      writeFenced(table, key, resource, fields, token),
  };
};
