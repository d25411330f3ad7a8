import type { SQLOutputValue } from 'node:sqlite';
import type * as v from 'valibot';
import { parseRecord } from '../process/durable-file.ts';

export type Row = Record<string, SQLOutputValue>;

/** What a row holds, checked. Errors: `RecordCorrupt`. */
export const bodyOf = <T>(table: string, row: Row, schema: v.GenericSchema<unknown, T>): T =>
  parseRecord(`control-plane store, ${table}`, String(row.body), schema);
