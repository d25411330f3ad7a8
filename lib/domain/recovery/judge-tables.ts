import type { TableReading } from '../../contracts/content.ts';
import type { RestoreSource } from '../../contracts/database.ts';
import type { Churning } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';
import type { Manifests } from './manifests.ts';

type Answer = Omit<Check, 'name'>;
type ByName = ReadonlyMap<string, TableReading>;

const byName = (tables: readonly TableReading[] = []): ByName => new Map(tables.map((one) => [one.table, one]));
const healthy = (reason: string): Answer => ({ verdict: 'healthy', reason });
const unhealthy = (reason: string): Answer => ({ verdict: 'unhealthy', reason });
const unknown = (reason: string): Answer => ({ verdict: 'inconclusive', reason });

const sameIn = (name: string, before: ByName, after: ByName): boolean =>
  before.get(name)?.checksum === after.get(name)?.checksum && before.get(name)?.rows === after.get(name)?.rows;

/** Rule: a table that was there before and after is in every copy between; one that was in neither is in none. */
export const judgeTableNames = (names: readonly string[], { before, after }: Manifests): Check => {
  const manifests = [before, after].filter((one) => one !== undefined).map(({ tables }) => byName(tables));
  if (manifests.length === 0) return { name: 'tables', ...unknown('no backup says which tables there were') };
  const all = [...new Set(manifests.flatMap((tables) => [...tables.keys()]))];
  const missing = all.filter((name) => manifests.every((tables) => tables.has(name)) && !names.includes(name));
  const strange = names.filter((name) => manifests.length === 2 && !all.includes(name));
  const wrong = [...missing.map((name) => `${name} is missing`), ...strange.map((name) => `${name} was in neither`)];
  return {
    name: 'tables',
    ...(wrong.length > 0 ? unhealthy(wrong.join('; ')) : healthy(`${names.length} tables, as in the manifests`)),
  };
};

/**
 * Rule: a table that did not change between the two manifests must be in the copy to the byte; one that changed must have a number of
 * rows between the two. With one manifest alone, a table that differs from it tells nothing of a moment in the log, and is a fault of
 * a snapshot. One whose rows rise and fall must have as many as the catalog asks for; no manifest tells more of it.
 */
export const judgeRows = (
  readings: readonly TableReading[],
  { before, after }: Manifests,
  { source, churning, unread }: RowRules,
): Check[] => {
  if (!before && !after) return [{ name: 'rows', ...unknown('no manifest to compare with') }];
  const compare =
    before && after
      ? between(byName(before.tables), byName(after.tables))
      : against(byName((before ?? after)?.tables), source, unread);
  const answers = readings.map((reading) => {
    const churns = churning.find(({ table }) => table === reading.table);
    return churns ? churned(reading, churns) : compare(reading);
  });
  return [summary('rows', answers, ({ rows }) => rows), summary('checksums', answers, ({ checksum }) => checksum)];
};

/** `unread`: why production could not be read, where it should have been the second manifest. */
export type RowRules = { source: RestoreSource['kind']; churning: readonly Churning[]; unread?: string };

/** `judged`: compared with nothing, so that nobody takes it for more. */
type Compared = { table: string; rows: Answer; checksum: Answer; judged?: true };

const strange = (table: string): Compared => ({
  table,
  rows: unknown('in no manifest'),
  checksum: unknown('in no manifest'),
});

const between =
  (before: ByName, after: ByName) =>
  (reading: TableReading): Compared => {
    const [earlier, later] = [before.get(reading.table), after.get(reading.table)];
    if (!earlier && !later) return strange(reading.table);
    if (earlier && sameIn(reading.table, before, after)) return exact(reading, earlier);
    // A table that was not there yet, or no more, had no rows then.
    return within(reading, [earlier?.rows ?? 0, later?.rows ?? 0]);
  };

const against =
  (only: ByName, source: RestoreSource['kind'], unread?: string) =>
  (reading: TableReading): Compared => {
    const known = only.get(reading.table);
    if (!known) return strange(reading.table);
    const compared = exact(reading, known);
    const differs = [compared.rows, compared.checksum].some(({ verdict }) => verdict !== 'healthy');
    return differs && source === 'point-in-time' ? oneSided(reading.table, unread) : compared;
  };

const exact = ({ table, rows, checksum }: TableReading, expected: TableReading): Compared => ({
  table,
  rows: rows === expected.rows ? healthy('as before') : unhealthy(`${rows} rows instead of ${expected.rows}`),
  checksum: checksum === expected.checksum ? healthy('as before') : unhealthy('its content differs'),
});

const oneSided = (table: string, unread?: string): Compared => {
  const answer = unknown(
    `changed since the only manifest${unread ? `, and production could not be read: ${unread}` : ''}`,
  );
  return { table, rows: answer, checksum: answer };
};

const within = ({ table, rows }: TableReading, counts: readonly number[]): Compared => {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const fits = rows >= least && rows <= most;
  return {
    table,
    rows: fits ? healthy('between the two') : unhealthy(`${rows} rows instead of ${least} to ${most}`),
    checksum: healthy('changed while it was backed up, so its rows are counted'),
  };
};

const churned = ({ table, rows }: TableReading, { leastRows }: Churning): Compared => {
  const reason = `rises and falls: ${rows} rows, at least ${leastRows}`;
  return {
    table,
    rows: rows >= leastRows ? healthy(reason) : unhealthy(`${rows} rows; at least ${leastRows} are always there`),
    checksum: healthy('rises and falls, so it is not compared'),
    judged: true,
  };
};

/** Names what differs, what could not be compared, and what need not be; all others are a number. */
const summary = (name: string, compared: readonly Compared[], of: (one: Compared) => Answer): Check => {
  const told = (verdict: Answer['verdict']) =>
    compared.filter((one) => of(one).verdict === verdict).map((one) => `${one.table}: ${of(one).reason}`);
  const wrong = told('unhealthy');
  if (wrong.length > 0) return { name, ...unhealthy(wrong.join('; ')) };
  const open = told('inconclusive');
  if (open.length > 0) return { name, ...unknown(open.join('; ')) };
  const apart = compared.filter(({ judged }) => judged);
  const rest = apart.map((one) => `; ${one.table} ${of(one).reason}`).join('');
  return { name, ...healthy(`${compared.length - apart.length} tables compared${rest}`) };
};
