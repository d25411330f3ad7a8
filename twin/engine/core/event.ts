import type { Json } from '../json.ts';

/** One event of an execution's history, before it is rendered: payloads are kept as values, not yet as JSON text. */
export interface HistoryRecord {
  readonly id: number;
  readonly previousEventId: number;
  readonly atMs: number;
  readonly type: string;
  readonly details?: Details;
}

/** Details by their names in GetExecutionHistory. Those in PAYLOADS (see render) hold a value to be serialised. */
export type Details = { readonly [name: string]: Json | undefined };
