import type {
  ContentOutline,
  InvariantReading,
  Manifest,
  Sentinel,
  SentinelReading,
  TableName,
  TableReading,
} from '../../../lib/contracts/content.ts';
import type { InstanceId } from '../../../lib/contracts/database.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Invariant } from '../../../lib/contracts/recovery-policy.ts';
import { sentinelProblem } from '../../../lib/domain/recovery/sentinel.ts';

/** One table: how many rows, a text that stands for what they hold, and what reading it complains of. */
export interface ModelTable {
  readonly rows: number;
  readonly checksum: string;
  readonly owner: string;
  readonly damage: readonly string[];
}

/** Everything in a database at one moment. It never changes: a change is another content, so a snapshot is a reference. */
export interface Content {
  readonly outline: Omit<ContentOutline, 'owners'>;
  readonly tables: Readonly<Record<TableName, ModelTable>>;
  readonly sentinels: readonly Sentinel[];
}

export const outlineOf = ({ outline, tables }: Content): ContentOutline => ({
  ...outline,
  owners: Object.fromEntries(Object.entries(tables).map(([name, { owner }]) => [name, owner])),
});

export const tablesOf = ({ tables }: Content): TableName[] => Object.keys(tables).sort();

export const readTable = ({ tables }: Content, table: TableName): TableReading => {
  const found = tables[table];
  if (!found) return { table, rows: 0, checksum: '0', damage: [`relation "${table}" does not exist`] };
  const { rows, checksum, damage } = found;
  return { table, rows, checksum, damage: [...damage] };
};

/** What reading a chain came to, by its newest row: nothing here ever changes one, and hashing it again is most of a run's work. */
const chains = new WeakMap<Sentinel, SentinelReading>();

export const readSentinels = ({ sentinels }: Content): SentinelReading => {
  const newest = sentinels.at(-1);
  if (!newest) return { count: 0 };
  const known = chains.get(newest);
  if (known?.count === sentinels.length) return known;
  const broken = sentinelProblem(undefined, sentinels);
  const reading = { count: sentinels.length, newest, ...(broken && { broken }) };
  chains.set(newest, reading);
  return reading;
};

/** An invariant holds while each table that its SQL reads is there, and can be read. */
export const readInvariant = ({ tables }: Content, { name, sql }: Invariant): InvariantReading => {
  const asked = [...sql.matchAll(/\b(?:from|join)\s+([\w.]+)/gi)].map(([, table = '']) =>
    table.includes('.') ? table : `public.${table}`,
  );
  const missing = asked.find((table) => !tables[table]);
  if (missing) return { name, error: `relation "${missing}" does not exist` };
  return { name, holds: asked.every((table) => tables[table]?.damage.length === 0) };
};

export const manifestOf = (instance: InstanceId, content: Content, at: Instant): Manifest => ({
  instance,
  at,
  outline: outlineOf(content),
  tables: tablesOf(content).map((table) => readTable(content, table)),
});
