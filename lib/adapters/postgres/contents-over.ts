import type { TableName, TableReading } from '../../contracts/content.ts';
import type { Contents } from '../../ports/contents.ts';
import { damageContent } from './damage.ts';
import { askInvariants } from './invariants.ts';
import type { LoginFor } from './login.ts';
import { readTable, sumTable } from './read-table.ts';
import { addSentinel, readSentinels } from './sentinels.ts';
import { inLongTransaction, inSession, type Session } from './session.ts';
import { outlineOf, tableNames } from './tables.ts';

/** The port over any server that speaks PostgreSQL's protocol; who may log in where is the caller's matter. */
export const contentsOver = (loginFor: LoginFor): Contents => {
  const session = <T>(id: string, work: (session: Session) => Promise<T>) => inSession(loginFor, id, work);
  return {
    writeSentinel: (id, now) => session(id, (open) => addSentinel(open, now)),
    outline: (id) => session(id, ({ client }) => outlineOf(client)),
    tables: (id) => session(id, ({ client }) => tableNames(client)),
    table: (id, table) => readTable((work) => session(id, work), table),
    sentinels: (id) => session(id, readSentinels),
    invariants: (id, invariants) => session(id, (open) => askInvariants(open, invariants)),
    manifest: async (instance, at) => ({ instance, at, ...(await session(instance, manifestOf)) }),
    damage: (id, damage) => session(id, (open) => damageContent(open, damage)),
  };
};

/** Tables that went away meanwhile are in no later backup either, so they are left out. */
const manifestOf = (open: Session) =>
  inLongTransaction(open, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async () => {
    const outline = await outlineOf(open.client);
    return { outline, tables: await sums(open, await tableNames(open.client)) };
  });

const sums = async (open: Session, names: readonly TableName[]): Promise<TableReading[]> => {
  const tables: TableReading[] = [];
  for (const name of names) {
    const sum = await sumTable(open, name);
    if (sum) tables.push(sum);
  }
  return tables;
};
